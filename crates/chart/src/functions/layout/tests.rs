use super::*;
use proptest::prelude::*;

fn parts() -> Parts {
    Parts {
        civil: DateTime::constant(2024, 2, 9, 15, 4, 5, 120_000_000),
        offset: 3600,
        zone: "CET".to_owned(),
    }
}

#[test]
fn layouts_are_those_of_go() {
    for (layout, shown) in [
        ("2006-01-02T15:04:05Z07:00", "2024-02-09T15:04:05+01:00"),
        (
            "Mon Jan _2 3:04:05 PM MST 2006",
            "Fri Feb  9 3:04:05 PM CET 2024",
        ),
        (
            "Monday, 02-January-06 .000 .999",
            "Friday, 09-February-24 .120 .12",
        ),
        ("002 __2 1/2 -0700", "040  40 2/9 +0100"),
        ("_2006 Janet", "_2024 Janet"),
    ] {
        assert_eq!(format(&parts(), layout), shown);
    }
}

#[test]
fn what_was_written_is_read() {
    let layout = "2006-01-02T15:04:05.000Z07:00";
    let read = parse(layout, &format(&parts(), layout)).unwrap();
    assert_eq!((read.civil, read.offset), (parts().civil, Some(3600)));
    assert_eq!(
        parse("2006-01-02", "x").unwrap_err(),
        "parsing time \"x\" as \"2006-01-02\": cannot parse \"x\" as \"2006\""
    );
    assert_eq!(
        parse("2006-01-02", "2024-13-01").unwrap_err(),
        "parsing time \"2024-13-01\": month out of range"
    );
}

proptest! {
    #[test]
    fn any_layout_and_text_end(layout in "[0-9JMPZanpmSTo:.,_ +-]{0,12}", text in "\\PC{0,12}") {
        let _ = format(&parts(), &layout);
        let _ = parse(&layout, &text);
    }
}
