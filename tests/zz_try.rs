mod support;
#[test]
fn try_it() {
    let case = support::Case::read(std::path::Path::new(&std::env::var("P").unwrap()));
    let sources = case.sources();
    let (_, set, d) = support::checked(&sources);
    println!("{}", support::listed(&d, &sources));
    let c = interdict::compile(&sources);
    println!("{}", interdict::render::text(&c.diagnostics, &sources, false));
    let (plain, opt) = support::lowered(&set.unwrap());
    println!("PLAIN\n{plain}\nOPT\n{opt}");
    for (n, p) in [("plain", plain), ("opt", opt)] {
        let m = support::matcher(&p, &sources);
        for r in &case.records {
            let q = m.request(r.as_bytes()).unwrap();
            println!("{n} {r}\n  {}", serde_json::to_string(&m.decide(&q.item, q.at.unwrap())).unwrap());
        }
    }
}
