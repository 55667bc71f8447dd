use std::path::Path;

use proptest::prelude::*;

use super::*;

#[path = "../../tests/common/docx.rs"]
#[allow(dead_code, reason = "each user needs a part")]
mod docx;

use docx::{Docx, archive, item, p, run, styled, table};

fn of(file: &str, bytes: impl Into<Vec<u8>>, changes: TrackedChanges) -> Result<Document, String> {
    read(Path::new(file), file, bytes.into(), changes).map_err(|problem| problem.diagnostic.title)
}

fn lines(document: &Document) -> Vec<String> {
    let line = |block: &DocumentBlock| {
        let kind = match &block.kind {
            BlockKind::Heading(level) => format!("h{level}"),
            BlockKind::Paragraph => "p".to_owned(),
            BlockKind::Item(depth) => format!("i{depth}"),
            BlockKind::Row(row) => format!("t{}", row.table),
            BlockKind::Note => "n".to_owned(),
        };
        format!("{kind} [{}] {}", block.clause, block.text)
    };
    document.blocks.iter().map(line).collect()
}

fn word(docx: &Docx) -> Vec<String> {
    lines(&of("a.docx", docx.bytes(), TrackedChanges::Accept).unwrap())
}

#[test]
fn clauses_have_the_numbers_that_word_shows() {
    let body = [
        item(1, 0, "One"),
        item(1, 1, "a"),
        item(1, 2, "x"),
        item(1, 2, "y"),
        item(1, 1, "b"),
        item(1, 2, "x again"),
        item(1, 0, ""),
        item(1, 1, "of the empty one"),
        item(3, 0, "a bullet"),
        item(2, 0, "begins anew"),
        item(2, 0, "and goes on"),
        p("no number"),
    ];
    assert_eq!(
        word(&Docx::new(body.concat()).numbered()),
        [
            "i0 [1.] One", "i1 [1.1] a", "i2 [1.1 (a)] x", "i2 [1.1 (b)] y", "i1 [1.2] b",
            "i2 [1.2 (a)] x again", "i1 [2.1] of the empty one", "i2 [2.1] a bullet", "i0 [1.] begins anew",
            "i0 [2.] and goes on", "p [2.] no number",
        ]
    );
}

#[test]
fn styles_number_hide_and_head() {
    let style = |id: &str, inner: &str| {
        format!("<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{id}\"/>{inner}</w:style>")
    };
    let styles = [
        style("heading 1", "<w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr>"),
        style("Clause", "<w:basedOn w:val=\"Base\"/>"),
        style("Base", "<w:pPr><w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>"),
        style("Secret", "<w:rPr><w:vanish/></w:rPr>"),
        style("Round", "<w:basedOn w:val=\"Round\"/>"),
    ];
    let unnumbered =
        "<w:p><w:pPr><w:pStyle w:val=\"Clause\"/><w:numPr><w:numId w:val=\"0\"/></w:numPr></w:pPr>";
    let body = [
        styled("heading 1", "Scope"),
        styled("Clause", "first"),
        styled("Clause", "second"),
        styled("Secret", "nobody sees this"),
        styled("Round", "a style of itself"),
        format!("{unnumbered}{}</w:p>", run("without")),
    ];
    assert_eq!(
        word(&Docx::new(body.concat()).numbered().styles(&styles.concat())),
        [
            "h1 [1.] Scope", "i1 [1.1] first", "i1 [1.2] second", "p [1.2] a style of itself",
            "p [1.2] without"
        ]
    );
}

#[test]
fn a_row_is_a_block_whatever_is_in_it() {
    let nested = table(&[&[p("in"), p("side")]]);
    let merged = |start: &str| format!("<w:tcPr><w:vMerge{start}/></w:tcPr>");
    let rows: [&[String]; 4] = [
        &[p("Item"), p("Deliverable"), p("Date")],
        &[item(1, 0, ""), p("Audit log") + &p("for all"), merged(" w:val=\"restart\"") + &p("30 April 2027")],
        &[item(1, 0, ""), item(1, 2, "exports") + &nested, merged("") + &p("")],
        &["<w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr>".to_owned() + &p("both"), p("last")],
    ];
    let document = of("a.docx", Docx::new(table(&rows)).numbered().bytes(), TrackedChanges::Accept).unwrap();
    assert_eq!(
        lines(&document),
        [
            "t1 [] Item | Deliverable | Date",
            "t1 [1.] 1. | Audit log for all | 30 April 2027",
            "t1 [2.] 2. | (a) exports; in | side | 30 April 2027",
            "t1 [] both | last",
        ]
    );
    let BlockKind::Row(last) = &document.blocks[3].kind else { panic!("no row") };
    assert_eq!(last.cells, ["both", "", "last"]);
}

const CHANGED: &str = "<w:p><w:r><w:t>by </w:t></w:r><w:del><w:r><w:delText>March</w:delText></w:r></w:del>\
    <w:ins><w:r><w:t>June</w:t></w:r></w:ins></w:p>\
    <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>goes </w:t></w:r></w:p><w:p><w:r><w:t>on</w:t></w:r></w:p>\
    <w:p><w:moveFrom><w:r><w:t>from</w:t></w:r></w:moveFrom></w:p><w:p><w:moveTo><w:r><w:t>to</w:t></w:r></w:moveTo></w:p>\
    <w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>gone row</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";

#[test]
fn changes_are_accepted_or_rejected() {
    let docx = Docx::new(CHANGED);
    assert_eq!(word(&docx), ["p [] by June", "p [] goes on", "p [] to"]);
    let rejected = of("a.docx", docx.bytes(), TrackedChanges::Reject).unwrap();
    assert_eq!(lines(&rejected), ["p [] by March", "p [] goes", "p [] on", "p [] from", "t1 [] gone row"]);
    assert_eq!(rejected.changes, 6);
}

#[test]
fn what_is_no_text_is_counted_and_what_nobody_sees_is_left_out() {
    let body = "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:noBreakHyphen/><w:t>c &amp; d</w:t></w:r>\
        <w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t> e</w:t></w:r>\
        <w:r><w:instrText>DATE</w:instrText></w:r><w:r><w:drawing/></w:r><w:r><w:object/></w:r>\
        <w:r><w:pict><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>\
        <w:sdt><w:sdtPr><w:alias w:val=\"x\"/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>a control</w:t></w:r></w:p></w:sdtContent></w:sdt>\
        <w:p><w:r><w:t>noted</w:t><w:footnoteReference w:id=\"2\"/><w:footnoteReference w:id=\"2\"/></w:r></w:p>\
        <w:p><w:r><w:commentReference w:id=\"0\"/></w:r></w:p>";
    let docx = Docx::new(body)
        .footnotes("<w:footnote w:id=\"2\"><w:p><w:r><w:t>Not before May.</w:t></w:r></w:p></w:footnote>");
    let document = of("a.docx", docx.bytes(), TrackedChanges::Accept).unwrap();
    assert_eq!(
        lines(&document),
        ["p [] a b-c & d e", "p [] a control", "p [] noted", "n [] Not before May."]
    );
    assert_eq!(document.unread, Unreadable { pictures: 1, objects: 1, text_boxes: 1, html: 0 });
}

#[test]
fn what_is_struck_through_is_not_read() {
    let styled = |style: &str, marks: &str| {
        format!("<w:r><w:rPr><w:rStyle w:val=\"{style}\"/>{marks}</w:rPr><w:t>{style} </w:t></w:r>")
    };
    let body = [
        "<w:p><w:r><w:t>by </w:t></w:r><w:r><w:rPr><w:strike/></w:rPr><w:t>March</w:t><w:tab/></w:r>\
         <w:r><w:rPr><w:dstrike w:val=\"true\"/></w:rPr><w:t>May</w:t></w:r>\
         <w:r><w:rPr><w:strike w:val=\"0\"/><w:dstrike w:val=\"false\"/></w:rPr><w:t>June </w:t></w:r>"
            .to_owned(),
        styled("Gone", ""),
        styled("Based", ""),
        styled("Kept", ""),
        styled("Gone", "<w:strike w:val=\"0\"/>"),
        "</w:p><w:p><w:pPr><w:rPr><w:strike/></w:rPr></w:pPr><w:r><w:t>a mark alone</w:t></w:r></w:p>"
            .to_owned(),
    ];
    let style = |id: &str, inner: &str| {
        format!("<w:style w:type=\"character\" w:styleId=\"{id}\"><w:name w:val=\"{id}\"/>{inner}</w:style>")
    };
    let styles = [
        style("Gone", "<w:rPr><w:strike/></w:rPr>"),
        style("Based", "<w:basedOn w:val=\"Gone\"/>"),
        style("Kept", "<w:basedOn w:val=\"Gone\"/><w:rPr><w:strike w:val=\"0\"/></w:rPr>"),
    ];
    let docx = Docx::new(body.concat()).styles(&styles.concat());
    assert_eq!(word(&docx), ["p [] by June Kept Gone", "p [] a mark alone"]);
    // A strike that is a tracked change is none where changes are rejected.
    let tracked = "<w:p><w:r><w:rPr><w:strike/><w:rPrChange><w:rPr/></w:rPrChange></w:rPr><w:t>May </w:t></w:r>\
        <w:r><w:t>June</w:t></w:r></w:p>";
    let docx = Docx::new(tracked);
    assert_eq!(word(&docx), ["p [] June"]);
    let rejected = of("a.docx", docx.bytes(), TrackedChanges::Reject).unwrap();
    assert_eq!(lines(&rejected), ["p [] May June"]);
}

#[test]
fn footnotes_of_cells_are_told_and_known_to_their_rows() {
    let named =
        |text: &str| format!("<w:p><w:r><w:t>{text}</w:t><w:footnoteReference w:id=\"2\"/></w:r></w:p>");
    let rows = [[p("Item"), p("Date")], [named("One"), p("Q1 2027")], [named("Two"), p("Q2 2027")]];
    let rows: Vec<&[String]> = rows.iter().map(|row| &row[..]).collect();
    let docx = Docx::new(table(&rows))
        .footnotes("<w:footnote w:id=\"2\"><w:p><w:r><w:t>If paid.</w:t></w:r></w:p></w:footnote>");
    let document = of("a.docx", docx.bytes(), TrackedChanges::Accept).unwrap();
    assert_eq!(
        lines(&document),
        ["t1 [] Item | Date", "t1 [] One | Q1 2027", "n [] If paid.", "t1 [] Two | Q2 2027"]
    );
    let notes: Vec<usize> = document.blocks.iter().map(|block| block.notes.len()).collect();
    assert_eq!(notes, [0, 1, 0, 1]);
    let text = "One[^a].\n\n[^a]: If paid.\n\n| A | B |\n|--|--|\n| C[^a] | D |\n";
    let document = of("a.md", text, TrackedChanges::Accept).unwrap();
    let notes: Vec<&[String]> = document.blocks.iter().map(|block| &block.notes[..]).collect();
    assert_eq!(notes, [&["If paid.".to_owned()][..], &[], &[], &["If paid.".to_owned()]]);
}

#[test]
fn html_in_markdown_is_counted_where_it_has_words() {
    let text = "One.\n\n<!-- a -->\n\n<br>\n\n<p>Vendor shall</p>\n\nTwo <b>bold</b>.\n";
    let document = of("a.md", text, TrackedChanges::Accept).unwrap();
    assert_eq!(lines(&document), ["p [] One.", "p [] Two bold."]);
    assert_eq!(document.unread.html, 1);
}

#[test]
fn plain_text_has_clauses_tables_and_fields() {
    let text = "SERVICE AGREEMENT\n\nDate: 3 March 2027\nBetween us.\n\n1. Scope\n1.1 The Vendor shall\n    deliver:\n(a) one; and\n\
        (b) two.\n    (i) small\n2. General terms apply to all that is\nsaid here.\n\n| Item | Date |\n|---|---|\n| R-1 | Q1 2027 |\n\
        \n- a bullet\n\n> quoted\n\nQty | Module\n1 | Docket, all divisions\n";
    assert_eq!(
        lines(&of("a.txt", text, TrackedChanges::Accept).unwrap()),
        [
            "h0 [] SERVICE AGREEMENT",
            "p [] Date: 3 March 2027",
            "p [] Between us.",
            "h1 [1.] Scope",
            "i1 [1.1] The Vendor shall deliver:",
            "i2 [1.1 (a)] one; and",
            "i2 [1.1 (b)] two.",
            "i3 [1.1 (b) (i)] small",
            "i0 [2.] General terms apply to all that is said here.",
            "t1 [2.] Item | Date",
            "t1 [2. R-1] R-1 | Q1 2027",
            "i1 [2.] a bullet",
            "p [2.] quoted",
            "t2 [2.] Qty | Module",
            "t2 [2. 1] 1 | Docket, all divisions",
        ]
    );
}

#[test]
fn markdown_has_headings_lists_and_tables() {
    let text = "# Order\n\n## 2 Scope\n\nWe ~~may~~ **will**\ndeliver[^1].\n\n1. one\n   - a\n2. two\n\n| Item | Date |\n|--|--|\n| A1 | May |\n\
        \n![x](y.png)\n\n[^1]: In June.\n";
    let document = of("a.md", text, TrackedChanges::Accept).unwrap();
    assert_eq!(
        lines(&document),
        [
            "h0 [] Order", "h1 [] 2 Scope", "p [] We will deliver.", "i0 [1.] one", "i1 [1.] a",
            "i0 [2.] two", "t1 [2.] Item | Date", "t1 [2. A1] A1 | May", "p [2.] x", "n [2.] In June.",
        ]
    );
    assert_eq!((document.unread.pictures, document.blocks[2].line), (1, 5));
}

#[test]
fn what_is_no_document_is_refused_with_what_to_do() {
    for (file, word) in
        [("a.pdf", "pdftotext -layout"), ("a.doc", "soffice"), ("a.rtf", "soffice"), ("a.xyz", ".docx")]
    {
        let problem = read(Path::new(file), file, Vec::new(), TrackedChanges::Accept).unwrap_err();
        assert!(problem.diagnostic.helps[0].text.contains(word), "{problem:?}");
    }
}

/// A sound file whose document is this.
fn with_document(document: &str) -> Vec<u8> {
    let relations =
        "<Relationships><Relationship Type=\"x/officeDocument\" Target=\"../../../d.xml\"/></Relationships>";
    archive(&[("_rels/.rels", relations), ("d.xml", document)])
}

#[test]
fn hostile_files_are_refused() {
    let text = |inner: &str| {
        format!("<w:document><w:body><w:p><w:r><w:t>{inner}</w:t></w:r></w:p></w:body></w:document>")
    };
    assert!(of("a.docx", with_document(&text("fine")), TrackedChanges::Accept).is_ok());
    let deep = "<w:sdt>".repeat(100_000);
    let cases: [(Vec<u8>, &str); 9] = [
        (Vec::new(), "archive is broken"),
        (b"PK\x03\x04 and no more".to_vec(), "archive is broken"),
        (vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1], "encrypted"),
        (archive(&[("x", "y")]), "a part of it is missing"),
        (with_document(&text(&"x".repeat(20 << 20))), "a hundred times"),
        (with_document("<!DOCTYPE d [<!ENTITY a \"b\">]><d>&a;</d>"), "entities"),
        (with_document(&text("&xxe;")), "entity"),
        (with_document(&deep), "without end"),
        (with_document("<w:document><w:body>"), "XML is broken"),
    ];
    for (bytes, words) in cases {
        let title = of("a.docx", bytes, TrackedChanges::Accept).unwrap_err();
        assert!(title.starts_with("a.docx") && title.contains(words), "{title}");
    }
    let mut truncated = with_document(&text(&"Vendor shall. ".repeat(100)));
    truncated.truncate(truncated.len() / 2);
    assert!(of("a.docx", truncated, TrackedChanges::Accept).is_err());
    let large = "x".repeat(MOST_BYTES + 1);
    assert!(of("a.txt", large, TrackedChanges::Accept).unwrap_err().contains("64 MiB"));
}

#[test]
fn many_paragraphs_are_read_whatever_became_of_their_ends() {
    let gone = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>x</w:t></w:r></w:p>".repeat(5_000);
    let many: String = (0..5_000).map(|at| item(1, (at % 3) as u8, &format!("clause {at}"))).collect();
    let blocks = word(&Docx::new(gone + &many).numbered());
    assert_eq!(blocks.len(), 5_000);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_change_of_a_file_panics(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6), packed in any::<bool>()) {
        let body = [item(1, 0, "One"), CHANGED.to_owned(), table(&[&[p("a"), item(1, 2, "b")]])].concat();
        let docx = Docx::new(&body).numbered().footnotes("<w:footnote w:id=\"1\"><w:p/></w:footnote>");
        let mut bytes = if packed { docx.bytes() } else { format!("<w:document>{body}</w:document>").into_bytes() };
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let bytes = if packed { bytes } else { with_document(&String::from_utf8_lossy(&bytes)) };
        let _ = of("a.docx", bytes, TrackedChanges::Accept);
    }

    #[test]
    fn no_text_panics(text in "[ \\n\\ta-cA-C0-2.()|>:#*-]{0,120}") {
        for file in ["a.txt", "a.md"] {
            let document = of(file, text.as_bytes(), TrackedChanges::Accept);
            prop_assert!(document.is_ok() || text.contains('\0'));
        }
    }
}

#[test]
fn the_words_of_a_text_stand_on_one_line() {
    for text in
        ["", "a", " a", "a ", "a b", "a  b", "a\tb", "a\nb c", "a\u{a0}b", "„a“ b", "a b c.", "\u{3000}"]
    {
        let words: Vec<&str> = text.split_whitespace().collect();
        assert_eq!(one_line(text), words.join(" "), "{text:?}");
    }
}

#[test]
fn items_of_a_plain_text_are_no_titles() {
    let kinds = |text: &str| {
        let document = of("a.txt", text.as_bytes(), TrackedChanges::Accept).unwrap();
        let kinds = document.blocks.iter().map(|block| match block.kind {
            BlockKind::Heading(_) => 'H',
            BlockKind::Item(_) => 'I',
            BlockKind::Row(_) => 'R',
            _ => 'P',
        });
        kinds.collect::<String>()
    };
    for (text, expected) in [
        ("What you get:\n\n- Audit Log\n- Single Sign-On", "PII"),
        ("The vendor shall deliver:\n\n1. Audit Log\n2. Single Sign-On\n3. Reports", "PIII"),
        ("1. Scope\n\nThe vendor shall deliver it.\n\n2. Fees\n\nThere are none.", "HPHP"),
        ("1 General\n\nIt is so.\n\n2 Functional requirements\n\n2.1 It shall be so.", "HPII"),
        ("Services we deliver\n-------------------\n\nIt is so.", "HP"),
    ] {
        assert_eq!(kinds(text), expected, "{text}");
    }
}

#[test]
fn numbers_that_were_typed_begin_items_of_a_paragraph() {
    let clauses = |text: &str| {
        let document = of("a.md", text.as_bytes(), TrackedChanges::Accept).unwrap();
        document.blocks.iter().map(|block| block.clause.clone()).collect::<Vec<_>>().join("|")
    };
    assert_eq!(clauses("5.1 It shall be so.\n5.2 It shall be\notherwise.\n5.3 It shall be."), "5.1|5.2|5.3");
    assert_eq!(clauses("The vendor shall\n(a) deliver it;\n(b) keep it."), "|(a)|(b)");
    assert_eq!(clauses("As clause 3\n(b) below says."), "");
}
