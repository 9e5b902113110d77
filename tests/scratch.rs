use interdict::source::Sources;
#[test]
fn scratch() {
    let sources = Sources::read(&["rules"]).unwrap();
    let (build, _d) = interdict::build(&sources);
    let build = build.unwrap();
    let m = &build.matcher;
    let text = build.program.to_string();
    let i = text.find("ban taobao-prohibited-items/T2").unwrap();
    println!("{}", text[i..].chars().take(5000).collect::<String>());
    for t in ["首次代币发行", "token sale consulting", "ICO 营销推广 海外社群", "比特币"] {
        let mut hits = vec![];
        m.view().text.scan(t, &mut Default::default(), &mut hits);
        for h in &hits { let s = m.view().spellings.row(h.spelling); println!("{t} {:?} {} owner {}:{}", &t[h.start as usize..h.end as usize], m.view().strings.get(s.text), s.owner_kind, s.owner); }
        let j = serde_json::json!({"platform":"taobao","title":t}).to_string();
        let item = m.item(j.as_bytes()).unwrap();
        println!("{:?}", m.decide(&item, "2018-04-18T12:00:00+08:00".parse().unwrap()).verdict);
    }
}
