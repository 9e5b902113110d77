use interdict::source::Sources;
#[test]
fn scratch() {
    let path = std::env::var("P").unwrap();
    let sources = Sources::read(&[path]).unwrap();
    let t = std::time::Instant::now();
    let (build, diagnostics) = interdict::build(&sources);
    println!("{:?}", t.elapsed());
    for d in &diagnostics {
        let f = sources.file(d.span.file).unwrap();
        let (l, c) = f.line_column(d.span.start);
        println!(
            "{:?}[{}] {} --> {}:{l}:{c}\n    help: {}",
            d.severity(),
            d.code,
            d.message,
            f.name,
            d.help.as_deref().unwrap_or("")
        );
    }
    if let Some(build) = build {
        println!("{}", build.program);
        println!("{} bytes", build.artifact.len());
        let m = interdict_matcher::Matcher::from_bytes(build.artifact.clone()).unwrap();
        let mut fails = 0;
        for t in &build.tests {
            let r = interdict::judge::try_test(&m, t, |mm, d| {
                mm.iter()
                    .map(|m| m.to_string())
                    .chain([interdict::judge::why(d)])
                    .collect::<Vec<_>>()
            })
            .unwrap();
            if r.len() > 1 {
                fails += 1;
                println!("FAIL {} {} {:?}", t.name, t.item, r);
            }
        }
        println!("{} tests, {} fail", build.tests.len(), fails);
        for (n, s) in m.directory().sizes() {
            println!("{n} {s}");
        }
    }
}
#[test]
fn seeds() {
    let sources = Sources::read(&["rules"]).unwrap();
    let (build, _) = interdict::build(&sources);
    let m = build.unwrap().matcher;
    let mut fails = 0;
    let mut n = 0;
    for line in std::fs::read_to_string(std::env::var("CASES").unwrap())
        .unwrap()
        .lines()
    {
        let v: serde_json::Value = serde_json::from_str(line).unwrap();
        let r = m.request(line.as_bytes()).unwrap();
        let d = m.decide(&r.item, r.at.unwrap());
        let e = interdict::model::Expected::from_json(&v["expect"]).unwrap();
        let mm = interdict::judge::judge(&e, &d);
        n += 1;
        if !mm.is_empty() {
            fails += 1;
            println!(
                "SEED {} {} {} {:?} | {}",
                v["id"],
                v["item"],
                v["why"],
                mm.iter().map(|m| m.to_string()).collect::<Vec<_>>(),
                interdict::judge::why(&d)
            );
        }
    }
    println!("{n} seeds {fails} fail");
}
