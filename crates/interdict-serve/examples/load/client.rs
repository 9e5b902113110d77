//! Clients that keep their connections, as fast as they can or at a pace.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use crate::Failure;

/// How many clients ask at a time.
const CLIENTS: usize = 16;

/// What clients ask, and whom.
pub(crate) struct Load {
    address: SocketAddr,
    requests: Vec<Vec<u8>>,
}

/// How long each answer took.
pub(crate) struct Measured {
    times: Vec<Duration>,
    took: Duration,
}

impl Load {
    pub(crate) fn new(address: SocketAddr, bodies: &[String]) -> Load {
        let request = |body: &String| {
            let length = body.len();
            let head = "POST /v1/decide?at=2022-04-18 HTTP/1.1\r\nHost: it";
            format!("{head}\r\nContent-Length: {length}\r\n\r\n{body}").into_bytes()
        };
        let requests = bodies.iter().map(request).collect();
        Load { address, requests }
    }

    /// Asks for some time; at a pace of so many a second, if one is given. Then an answer's time
    /// runs from when it should have been asked for, so that a stall counts for all that it delays.
    pub(crate) fn run(&self, time: Duration, pace: Option<f64>) -> Result<Measured, Failure> {
        let since = Instant::now();
        let each = pace.map(|pace| Duration::from_secs_f64(CLIENTS as f64 / pace));
        let all = thread::scope(|scope| {
            let ask = |client| move || self.ask(client, since, time, each);
            let clients: Vec<_> = (0..CLIENTS)
                .map(|client| scope.spawn(ask(client)))
                .collect();
            let joined = clients.into_iter().map(|client| client.join());
            joined.collect::<Result<Vec<_>, _>>()
        });
        let mut times = Vec::new();
        for client in all.map_err(|_| "a client failed")? {
            times.extend(client?);
        }
        times.sort_unstable();
        let took = since.elapsed();
        Ok(Measured { times, took })
    }

    fn ask(
        &self,
        client: usize,
        since: Instant,
        time: Duration,
        each: Option<Duration>,
    ) -> Result<Vec<Duration>, Failure> {
        let mut stream = TcpStream::connect(self.address)?;
        stream.set_nodelay(true)?;
        let mut reader = BufReader::new(stream.try_clone()?);
        let mut times = Vec::new();
        let mut body = Vec::new();
        let requests = self.requests.iter().cycle().skip(client * 7);
        for (at, request) in requests.enumerate() {
            let due =
                each.map(|each| since + each * at as u32 + each * client as u32 / CLIENTS as u32);
            if let Some(due) = due {
                thread::sleep(due.saturating_duration_since(Instant::now()));
            }
            let begun = due.unwrap_or_else(Instant::now);
            if since.elapsed() >= time {
                break;
            }
            stream.write_all(request)?;
            answer(&mut reader, &mut body)?;
            times.push(begun.elapsed());
        }
        Ok(times)
    }
}

/// Reads an answer, which must be a good one.
fn answer(reader: &mut BufReader<TcpStream>, body: &mut Vec<u8>) -> Result<(), Failure> {
    let mut length = 0;
    let mut line = String::new();
    for number in 0.. {
        line.clear();
        reader.read_line(&mut line)?;
        if number == 0 && !line.starts_with("HTTP/1.1 200") {
            return Err(line.into());
        }
        if line == "\r\n" {
            break;
        }
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse()?;
        }
    }
    body.resize(length, 0);
    reader.read_exact(body)?;
    Ok(())
}

impl Measured {
    pub(crate) fn count(&self) -> usize {
        self.times.len()
    }

    /// Answers a second.
    pub(crate) fn rate(&self) -> f64 {
        self.times.len() as f64 / self.took.as_secs_f64()
    }

    /// The time within which a part of the answers came.
    pub(crate) fn quantile(&self, part: f64) -> Duration {
        let at = (self.times.len() as f64 * part).ceil() as usize;
        self.times
            .get(at.saturating_sub(1))
            .copied()
            .unwrap_or_default()
    }
}
