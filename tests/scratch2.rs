use interdict::source::Sources;
use std::time::Instant;
#[test]
fn perf() {
    let sources = Sources::read(&["rules"]).unwrap();
    for _ in 0..3 {
        let t = Instant::now();
        let mut files = vec![];
        for s in sources.files() {
            files.push(interdict::parse::parse(s).0);
        }
        println!("parse {:?}", t.elapsed());
        let t = Instant::now();
        let (set, _) = interdict::check::check(&files, &sources);
        println!("check {:?}", t.elapsed());
        let set = set.unwrap();
        let t = Instant::now();
        let p = interdict::optimize::optimize(interdict::lower::lower(&set));
        println!(
            "lower+opt {:?} nodes {} atoms {} rules {} spellings {}",
            t.elapsed(),
            p.nodes.len(),
            p.atoms.len(),
            p.rules.len(),
            p.spellings.len()
        );
        let t = Instant::now();
        let a = interdict::emit::emit(&p, &[]);
        println!("emit {:?} {}", t.elapsed(), a.len());
        let t = Instant::now();
        let (b, _) = interdict::build(&sources);
        println!("build {:?}", t.elapsed());
        let b = b.unwrap();
        let a = b.artifact.clone();
        for _ in 0..5 {
            let a = a.clone();
            let t = Instant::now();
            let m = interdict_matcher::Matcher::from_bytes(a).unwrap();
            println!("load {:?} {}", t.elapsed(), m.content_id()[0]);
        }
        let t = Instant::now();
        let h = blake3::hash(&a);
        println!("hash {:?} {}", t.elapsed(), h.as_bytes()[0]);
        let t = Instant::now();
        let f = interdict::judge::failing_examples(&b.matcher, &b.tests).len();
        println!("examples {:?} {f} of {}", t.elapsed(), b.tests.len());
        let t = Instant::now();
        let c = interdict::compile(&sources);
        println!("compile all {:?} {}", t.elapsed(), c.artifact.is_some());
    }
}

#[test]
fn big() {
    let sources = Sources::read(&["/tmp/p3"]).unwrap();
    let t = Instant::now();
    let (b, d) = interdict::build(&sources);
    println!("build {:?} {} diags", t.elapsed(), d.len());
    let b = b.unwrap();
    for (n, s) in b.matcher.directory().sizes() {
        if s > 100000 {
            println!("size {n} {s}");
        }
    }
    println!("size {}", b.artifact.len());
    let a = b.artifact.clone();
    let t = Instant::now();
    let m = interdict_matcher::Matcher::from_bytes(a).unwrap();
    println!("load {:?} {}", t.elapsed(), m.content_id()[0]);
    let t = Instant::now();
    let f = interdict::judge::failing_examples(&b.matcher, &b.tests).len();
    println!("examples {:?} {f} of {}", t.elapsed(), b.tests.len());
}
