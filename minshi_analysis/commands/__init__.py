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
    "export",
    "extract",
    "lab",
    "doctor",
    "completion",
)
