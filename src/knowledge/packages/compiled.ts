/**
 * Packages with compiled code that Django projects list, and that take minutes to build or fail where no wheel fits, by their normalised
 * names. What builds within seconds on a dyno, or runs without its compiled part, is not here (MarkupSafe, hiredis, msgpack, mysqlclient).
 * wheels.ts knows their files.
 */
export const compiledPackages: readonly string[] =
  `aiohttp backports-zoneinfo blis cffi contourpy cryptography dlib faiss-cpu frozenlist gevent greenlet grpcio h5py kiwisolver
  llvmlite lxml matplotlib multidict mysql-connector-python numba numpy onnxruntime opencv-contrib-python opencv-python
  opencv-python-headless orjson pandas pillow psycopg-binary pyarrow pydantic-core pynacl pyyaml rpds-py scikit-image scikit-learn
  scipy sentencepiece shapely spacy statsmodels tensorflow tensorflow-cpu thinc tiktoken tokenizers torch torchvision typed-ast yarl`.split(
    /\s+/,
  )
