use crate::session::Session;

#[test]
fn view_says_where_each_value_comes_from() {
    let session = Session::new();
    session.write("work/.landfall/config.yaml", "port: 9000\n");
    session.write(
        "home/.config/landfall/config.yaml",
        "org: acme\nport: 7000\n",
    );
    insta::assert_snapshot!(session.run(&["config", "view", "--show-origin", "--color", "never"]), @"
    KEY        VALUE                       ORIGIN
    home       /ROOT_________/home/state   variable LANDFALL_HOME
    org        acme                        file /ROOT_________/home/.config/landfall/config.yaml
    port       9000                        file /ROOT_________/work/.landfall/config.yaml
    packs      built in                    default
    platform   local                       default
    color      never                       flag --color
    start      false                       variable LANDFALL_NO_START
    batch      false                       default
    ");
}

#[test]
fn an_unknown_key_is_refused_with_its_line() {
    let session = Session::new();
    session.write("work/.landfall/config.yaml", "port: 9000\nprot: 1\n");
    insta::assert_snapshot!(session.run(&["config", "view"]), @"
    ---- stderr
    error: /ROOT_________/work/.landfall/config.yaml:2:1: unknown field `prot`, expected one of home, org, port, packs, platform, color

    hint: `landfall explain LF0003` says more
    ---- status 2
    ");
}

#[test]
fn a_file_that_is_no_text_is_refused() {
    let session = Session::new();
    std::fs::create_dir_all(session.work().join(".landfall")).unwrap();
    std::fs::write(session.work().join(".landfall/config.yaml"), [0xff, 0x00]).unwrap();
    insta::assert_snapshot!(session.run(&["config", "view"]), @"
    ---- stderr
    error: /ROOT_________/work/.landfall/config.yaml is not UTF-8 text

    hint: `landfall explain LF0003` says more
    ---- status 2
    ");
}
