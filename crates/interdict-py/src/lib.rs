//! The native half of the Python package `interdict`: bytes in, JSON out. `python/interdict` turns
//! what Python has into such bytes, and is the only one that calls this. Tables go in and out as they are.

mod arrow;

use std::sync::{Mutex, PoisonError};

use interdict_matcher::{Given, Instant, LoadError, Matcher, RequestError, Scratch};
use interdict_sign::{PublicKey, Refusal, Trust};
use pyo3::create_exception;
use pyo3::exceptions::{PyFileNotFoundError, PyOSError, PyValueError};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3_arrow::PyRecordBatchReader;
use pyo3_arrow::input::AnyArray;

create_exception!(
    interdict,
    InterdictError,
    PyValueError,
    "Whatever keeps this package from answering."
);
create_exception!(
    interdict,
    ArtifactError,
    InterdictError,
    "The bytes are no artifact that this version reads, or another one than was asked for."
);
create_exception!(
    interdict,
    UntrustedError,
    ArtifactError,
    "No trusted key signed the artifact: another did, it was changed, or the signature is none."
);
create_exception!(
    interdict,
    UnsignedError,
    UntrustedError,
    "A signature is asked for, and there is none."
);
create_exception!(
    interdict,
    OlderError,
    UntrustedError,
    "The artifact is signed, as a version before the least that is accepted."
);
create_exception!(
    interdict,
    PublicKeyError,
    InterdictError,
    "What should say whose signatures count is no public key of minisign."
);
create_exception!(
    interdict,
    ItemError,
    InterdictError,
    "The item or its instant cannot be read, or there is no instant."
);
create_exception!(
    interdict,
    PolicyError,
    InterdictError,
    "The policies do not compile; the text shows every error as the command line does."
);

/// A compiled policy set, loaded. Threads share it: nothing is held while it decides.
#[pyclass(frozen, module = "interdict._native")]
struct NativeMatcher {
    matcher: Matcher,
    /// The version that its signature names, if a signature was asked for.
    release_version: Option<u64>,
    /// Memory that decisions have warmed, one for each thread that decided at once.
    warm: Mutex<Vec<Scratch>>,
}

impl NativeMatcher {
    fn new(matcher: Matcher, release_version: Option<u64>) -> NativeMatcher {
        NativeMatcher {
            matcher,
            release_version,
            warm: Mutex::default(),
        }
    }

    fn with_scratch<T>(&self, work: impl FnOnce(&mut Scratch) -> T) -> T {
        let taken = self
            .warm
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        let mut scratch = taken.unwrap_or_default();
        let result = work(&mut scratch);
        let mut warm = self.warm.lock().unwrap_or_else(PoisonError::into_inner);
        warm.push(scratch);
        result
    }
}

#[pymethods]
impl NativeMatcher {
    #[staticmethod]
    fn open(py: Python<'_>, path: std::path::PathBuf) -> PyResult<NativeMatcher> {
        let matcher = py.detach(|| Matcher::open(&path));
        let matcher = matcher.map_err(|error| not_loaded(error, &path.display().to_string()))?;
        Ok(NativeMatcher::new(matcher, None))
    }

    #[staticmethod]
    fn from_bytes(py: Python<'_>, data: &[u8]) -> PyResult<NativeMatcher> {
        let matcher = py.detach(|| Matcher::from_bytes(data.to_vec()));
        let matcher = matcher.map_err(|error| not_loaded(error, "bytes"))?;
        Ok(NativeMatcher::new(matcher, None))
    }

    #[staticmethod]
    fn open_signed(
        py: Python<'_>,
        path: std::path::PathBuf,
        public_key: &str,
        least_version: u64,
    ) -> PyResult<NativeMatcher> {
        let what = path.display().to_string();
        let opened = py.detach(|| trust(public_key, least_version)?.open(&path));
        let (matcher, release) = opened.map_err(|refusal| not_trusted(refusal, &what))?;
        Ok(NativeMatcher::new(matcher, Some(release.version)))
    }

    #[staticmethod]
    fn from_signed_bytes(
        py: Python<'_>,
        data: &[u8],
        signature: &[u8],
        public_key: &str,
        least_version: u64,
    ) -> PyResult<NativeMatcher> {
        // A byte that is no text is in no signature, so that putting another for it changes nothing.
        let signature = String::from_utf8_lossy(signature);
        let loaded =
            py.detach(|| trust(public_key, least_version)?.load(data.to_vec(), &signature));
        let (matcher, release) = loaded.map_err(|refusal| not_trusted(refusal, "bytes"))?;
        Ok(NativeMatcher::new(matcher, Some(release.version)))
    }

    #[getter]
    fn content_id(&self) -> String {
        self.matcher.content_id_hex()
    }

    #[getter]
    fn release_version(&self) -> Option<u64> {
        self.release_version
    }

    fn decide(
        &self,
        py: Python<'_>,
        request: &[u8],
        at: Option<String>,
        known_at: Option<String>,
    ) -> PyResult<String> {
        let given = given(at, known_at)?;
        let decide =
            || self.with_scratch(|scratch| self.matcher.decide_json(scratch, request, given));
        py.detach(decide).map_err(refused)
    }

    fn decide_batch(
        &self,
        py: Python<'_>,
        requests: Vec<PyBackedBytes>,
        at: Option<String>,
        known_at: Option<String>,
    ) -> PyResult<Vec<String>> {
        let given = given(at, known_at)?;
        let decided = py.detach(|| {
            self.with_scratch(|scratch| {
                let decided = requests.iter().enumerate().map(|(place, request)| {
                    let decided = self.matcher.decide_json(scratch, request, given);
                    decided.map_err(|error| format!("item {place}: {error}"))
                });
                decided.collect::<Result<Vec<String>, String>>()
            })
        });
        decided.map_err(ItemError::new_err)
    }

    fn decide_arrow(
        slf: Py<NativeMatcher>,
        table: AnyArray,
        at: Option<String>,
        known_at: Option<String>,
    ) -> PyResult<PyRecordBatchReader> {
        arrow::decide(slf, table, given(at, known_at)?)
    }

    fn decide_verdict(
        &self,
        py: Python<'_>,
        request: &[u8],
        at: Option<String>,
        known_at: Option<String>,
    ) -> PyResult<&'static str> {
        let given = given(at, known_at)?;
        let decide =
            || self.with_scratch(|scratch| self.matcher.verdict_json(scratch, request, given));
        Ok(py.detach(decide).map_err(refused)?.word())
    }

    fn explain(
        &self,
        py: Python<'_>,
        request: &[u8],
        at: Option<String>,
        known_at: Option<String>,
    ) -> PyResult<String> {
        let given = given(at, known_at)?;
        py.detach(|| self.matcher.explain_json(request, given))
            .map_err(refused)
    }
}

fn not_loaded(error: LoadError, what: &str) -> PyErr {
    let said = format!("{what}: {error}");
    match error {
        LoadError::Io(error) if error.kind() == std::io::ErrorKind::NotFound => {
            PyFileNotFoundError::new_err(said)
        }
        LoadError::Io(_) => PyOSError::new_err(said),
        _ => ArtifactError::new_err(said),
    }
}

fn trust(public_key: &str, least_version: u64) -> Result<Trust, Refusal> {
    Ok(Trust::new(PublicKey::all_in(public_key)?).since(least_version))
}

fn not_trusted(refusal: Refusal, what: &str) -> PyErr {
    let said = format!("{what}: {refusal}");
    match refusal {
        Refusal::BadKey(_) => PublicKeyError::new_err(refusal.to_string()),
        Refusal::Unsigned(_) | Refusal::NoSignature => UnsignedError::new_err(said),
        Refusal::Older { .. } => OlderError::new_err(said),
        Refusal::Unsound(error) => not_loaded(error, what),
        Refusal::Io { path, error } => not_loaded(error.into(), &path.display().to_string()),
        _ => UntrustedError::new_err(said),
    }
}

fn refused(error: RequestError) -> PyErr {
    ItemError::new_err(error.to_string())
}

fn given(at: Option<String>, known_at: Option<String>) -> PyResult<Given> {
    let instant = |name: &str, text: Option<String>| {
        let read = text.map(|text| text.parse::<Instant>()).transpose();
        read.map_err(|error| ItemError::new_err(format!("{name}: {error}")))
    };
    let (at, known_at) = (instant("at", at)?, instant("known_at", known_at)?);
    Ok(Given { at, known_at })
}

/// So many seconds after 1970-01-01T00:00Z, as a text.
#[pyfunction]
fn instant(seconds: i64) -> String {
    Instant::from_unix_seconds(seconds).to_string()
}

/// Names and texts of policies → the artifact, and the warnings as the command line shows them.
#[cfg(feature = "compile")]
#[pyfunction]
fn compile(
    py: Python<'_>,
    files: Vec<(String, String)>,
) -> PyResult<(std::borrow::Cow<'static, [u8]>, String)> {
    let (artifact, shown) = py.detach(|| {
        let sources = interdict::source::Sources::from_texts(files);
        let found = interdict::compile(&sources);
        let shown = interdict::render::text(&found.diagnostics, &sources, false);
        (found.artifact, shown)
    });
    match artifact {
        Some(bytes) => Ok((bytes.into(), shown)),
        None => Err(PolicyError::new_err(shown)),
    }
}

#[pymodule]
fn _native(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let py = module.py();
    module.add_class::<NativeMatcher>()?;
    module.add_function(wrap_pyfunction!(instant, module)?)?;
    #[cfg(feature = "compile")]
    module.add_function(wrap_pyfunction!(compile, module)?)?;
    module.add("InterdictError", py.get_type::<InterdictError>())?;
    module.add("ArtifactError", py.get_type::<ArtifactError>())?;
    module.add("UntrustedError", py.get_type::<UntrustedError>())?;
    module.add("UnsignedError", py.get_type::<UnsignedError>())?;
    module.add("OlderError", py.get_type::<OlderError>())?;
    module.add("PublicKeyError", py.get_type::<PublicKeyError>())?;
    module.add("ItemError", py.get_type::<ItemError>())?;
    module.add("PolicyError", py.get_type::<PolicyError>())?;
    module.add("__version__", env!("CARGO_PKG_VERSION"))
}
