"""The commands of `minshi`, a module each: HELP (a line), `options(parser)`, `run(options)` → exit status."""

NAMES = (
    "new",
    "add",
    "confirm",
    "build",
    "report",
    "audit",
    "trace",
    "query",
    "extract",
    "lab",
    "doctor",
    "completion",
)
