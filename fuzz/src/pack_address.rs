//! What `--pack` names: a name, a folder or an address.
//!
//! Laws: an address prints as it is read, is no option of Git and stays in its repository; a folder is absolute and plain; a refusal
//! is one line, without the password.

use std::path::{Component, Path};

use landfall::pack::{PackAddress, PackSpec};

/// Runs the target.
pub fn check(bytes: &[u8]) {
    let text = crate::text(bytes);
    match PackSpec::parse(&text, Path::new("/src/shop")) {
        Ok(PackSpec::Name(name)) => assert!(!name.contains(['/', ':']), "{name:?}"),
        Ok(PackSpec::Folder(folder)) => {
            assert!(folder.is_absolute(), "{folder:?}");
            let is_plain = |part| matches!(part, Component::RootDir | Component::Normal(_));
            assert!(folder.components().all(is_plain), "{folder:?}");
        }
        Ok(PackSpec::Git(address)) => address_holds(&address),
        Err(error) => {
            let error = error.to_string();
            assert!(!error.contains(char::is_control), "{error:?}");
            let password = text.split_once("://").and_then(|(_, rest)| {
                let host = rest.split('/').next()?;
                let (user, _) = host.rsplit_once('@')?;
                let (_, password) = user.split_once(':')?;
                // A short one is in any text.
                (password.len() > 5).then(|| password.to_owned())
            });
            if let Some(password) = password {
                let elsewhere = text.matches(&password).count() > 1;
                assert!(elsewhere || !error.contains(&password), "{error:?}");
            }
        }
    }
}

fn address_holds(address: &PackAddress) {
    let printed = address.to_string();
    let read = PackAddress::parse(&printed)
        .unwrap_or_else(|error| panic!("prints what does not read: {error}: {printed:?}"));
    assert_eq!(&read, address, "{printed:?}");
    let url = address.url.as_git();
    assert!(!url.starts_with('-'), "{url:?}");
    assert!(!url.contains(char::is_control), "{url:?}");
    assert!(
        !address.revision.to_string().starts_with('-'),
        "{printed:?}"
    );
    assert!(
        address
            .dir
            .split('/')
            .all(|part| part != ".." && !part.eq_ignore_ascii_case(".git")),
        "{printed:?}"
    );
}
