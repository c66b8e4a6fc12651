"""Reads a folder as brat's server does, and tells as JSON what it found: `python read_brat.py FOLDER WORK`.

A program of its own, since brat's modules are called `annotation`, `document`, `common`.
"""

import importlib.util
import json
import sys
import types
from pathlib import Path

folder, work = (Path(argument).resolve() for argument in sys.argv[1:])
server = Path(importlib.util.find_spec("brat").submodule_search_locations[0]) / "server"
sys.path[:0] = [str(server / "src"), str(server / "lib")]

# What a site sets when it installs brat.
config = types.ModuleType("config")
config.BASE_DIR = config.DATA_DIR = str(folder)
config.WORK_DIR = config.BACKUP_DIR = str(work)
config.DEBUG, config.USER_PASSWORD = False, {}
sys.modules["config"] = config

import annotation  # noqa: E402

# It asks for universal line ends by a mode that Python no longer has; line ends are letters to its offsets all the same.
annotation.codecs_open = lambda name, mode, **how: open(name, mode.replace("U", ""), newline="", **how)  # noqa: PTH123, SIM115

import document  # noqa: E402
import projectconfig  # noqa: E402
import verify_annotations  # noqa: E402
from message import Messager  # noqa: E402

project = projectconfig.ProjectConfiguration(str(folder))
found = {}
for path in sorted(folder.glob("*.txt")):
    name = str(path.with_suffix(""))
    shown = document.get_document("/", path.stem)
    read = annotation.TextAnnotations(name, read_only=True)
    found[path.stem] = {
        "text": shown["text"],
        "entities": [[kind, spans] for _, kind, spans in shown["entities"]],
        "triggers": [[kind, spans] for _, kind, spans in shown["triggers"]],
        "events": [[trigger, arguments] for _, trigger, arguments in shown["events"]],
        "attributes": [[kind, value] for _, kind, _, value in shown["attributes"]],
        "notes": [text for _, _, text in shown["comments"]],
        "failed": read.failed_lines,
        "issues": [issue.human_readable_str() for issue in verify_annotations.verify_annotation(read, project)],
    }
direction = projectconfig.visual_options_get_text_direction(str(folder))
messages = [text for text, kind, _ in Messager._Messager__pending_messages if kind != "comment"]
print(json.dumps({"documents": found, "direction": direction, "messages": messages}))
