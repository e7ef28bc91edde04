//! The index file in versions 2, 3 and 4 (source: Git's `gitformat-index`). Only modes and paths are of interest.

/// What a file begins with.
const SIGNATURE: &[u8] = b"DIRC";
/// From the beginning of an entry: where the mode is, where the flags are, what all entries have.
const MODE: usize = 24;
const FLAGS: usize = 60;
const FIXED: usize = 62;
/// The flag of an entry with 16 more of them.
const EXTENDED: u16 = 0x4000;
/// Entries of versions 2 and 3 end at a multiple of this, behind one NUL at least.
const ALIGNMENT: usize = 8;
/// The checksum at the end.
const CHECKSUM: usize = 20;
/// The mode of a whole folder in a sparse index.
const FOLDER: u32 = 0o040_000;

/// The mode and the path of each entry, in the order of the file. `None` where the file is not whole, or has something that has to be
/// understood and is not: another version, the other half of a split index, whole folders of a sparse one.
pub(super) fn entries(bytes: &[u8]) -> Option<Vec<(u32, Vec<u8>)>> {
    let body = bytes.get(..bytes.len().checked_sub(CHECKSUM)?)?;
    let rest = body.strip_prefix(SIGNATURE)?;
    let (version, rest) = number(rest)?;
    let (count, mut rest) = number(rest)?;
    if !(2..=4).contains(&version) {
        return None;
    }
    // No entry is shorter, so a count from outside takes no memory that the file does not fill.
    let mut entries = Vec::with_capacity((count as usize).min(rest.len() / FIXED));
    let mut last: &[u8] = &[];
    for _ in 0..count {
        let mode = number(rest.get(MODE..)?)?.0;
        let flags = rest.get(FLAGS..FIXED)?;
        let is_extended = u16::from_be_bytes(flags.try_into().ok()?) & EXTENDED != 0;
        let start = FIXED + if is_extended { 2 } else { 0 };
        let mut name = rest.get(start..)?;
        let mut kept: &[u8] = &[];
        if version == 4 {
            let (dropped, behind) = offset(name)?;
            kept = last.get(..last.len().checked_sub(dropped)?)?;
            name = behind;
        }
        let length = name.iter().position(|byte| *byte == 0)?;
        let path = [kept, &name[..length]].concat();
        rest = if version == 4 {
            &name[length + 1..]
        } else {
            let end = (start + length) / ALIGNMENT * ALIGNMENT + ALIGNMENT;
            rest.get(end..)?
        };
        if mode & super::KIND == FOLDER || path.is_empty() {
            return None;
        }
        entries.push((mode, path));
        last = entries.last().map_or(&[], |(_, path)| path);
    }
    has_known_extensions(rest).then_some(entries)
}

/// Whether all that follows the entries may be passed over: what has to be understood begins with a small letter.
fn has_known_extensions(mut rest: &[u8]) -> bool {
    while let Some((name, behind)) = rest.split_first_chunk::<4>() {
        let extension = number(behind).and_then(|(length, body)| body.get(length as usize..));
        match extension {
            Some(next) if name[0].is_ascii_uppercase() => rest = next,
            _ => return false,
        }
    }
    rest.is_empty()
}

fn number(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let (number, rest) = bytes.split_first_chunk::<4>()?;
    Some((u32::from_be_bytes(*number), rest))
}

/// A number of seven bits a byte, as offsets in packs have it (source: Git's `varint.c`).
fn offset(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let mut value: usize = 0;
    for (index, byte) in bytes.iter().enumerate() {
        let low = usize::from(byte & 0x7f);
        value = if index == 0 {
            low
        } else {
            value.checked_add(1)?.checked_mul(128)?.checked_add(low)?
        };
        if byte & 0x80 == 0 {
            return Some((value, &bytes[index + 1..]));
        }
    }
    None
}

#[cfg(test)]
mod tests;
