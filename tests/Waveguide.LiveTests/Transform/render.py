"""Renders a dbt project with the real Jinja, dbt's own context stubbed: render.py PROJECT ADAPTER VARIABLES, JSON on standard output."""

import json
import pathlib
import re
import sys

import jinja2
import yaml


class Returned(Exception):
    """How dbt's return() leaves a macro with a value that is no text."""

    def __init__(self, value):
        super().__init__()
        self.value = value


def give(value):
    raise Returned(value)


def calling(macro):
    def call(*positional, **named):
        try:
            return macro(*positional, **named)
        except Returned as returned:
            return returned.value

    return call


class Adapter:
    def __init__(self, prefixes, macros):
        self.prefixes, self.macros = prefixes, macros

    def dispatch(self, name, namespace=None):
        return next(self.macros[prefix + name] for prefix in self.prefixes if prefix + name in self.macros)


class Project:
    def __init__(self, folder, adapter, variables):
        self.folder = pathlib.Path(folder)
        self.settings = yaml.safe_load((self.folder / "dbt_project.yml").read_text())
        self.settings.setdefault("vars", {}).update(json.loads(variables))
        self.environment = jinja2.Environment(extensions=["jinja2.ext.do"], undefined=jinja2.StrictUndefined)
        spark = ["spark__"] if adapter == "databricks" else []
        self.prefixes = [f"{adapter}__", *spark, "default__"]
        self.target = {"type": adapter, "schema": "analytics"}
        self.sources = {}
        for path in self.files("model-paths", "*.yml"):
            for source in (yaml.safe_load(path.read_text()) or {}).get("sources", []):
                self.sources[source["name"]] = source.get("schema", source["name"])
        self.known = self.context()

    def files(self, kind, pattern):
        return sorted(path for folder in self.settings[kind] for path in (self.folder / folder).rglob(pattern))

    def var(self, name, *default):
        values = self.settings.get("vars", {})
        return values[name] if name in values or not default else default[0]

    def source(self, name, table):
        schema = self.environment.from_string(self.sources[name]).render(var=self.var, target=self.target)
        return f"{schema}.{table}"

    def context(self):
        """What every file sees; macros look into this very dictionary when they are called."""
        context = {
            **self.environment.globals,
            "ref": lambda *names: f"analytics.{names[-1]}",
            "source": self.source,
            "var": self.var,
            "return": give,
            "target": self.target,
            "execute": True,
        }
        macros = {}
        for path in self.files("macro-paths", "*.sql"):
            # dbt, too, compiles each macro by itself, so that one in the same file is called like any other.
            for text, name in re.findall(r"({%-?\s*macro\s+(\w+).*?endmacro\s*-?%})", path.read_text(), re.DOTALL):
                module = self.environment.from_string(text).make_module(context, shared=True)
                macros[name] = calling(getattr(module, name))
        context.update(macros, adapter=Adapter(self.prefixes, macros))
        return context

    def render(self, path, incremental):
        config = {}
        context = self.known
        context.update(
            config=lambda **named: config.update(named) or "",
            this=f"analytics.{path.stem}",
            is_incremental=lambda: incremental,
        )
        text = self.environment.from_string(path.read_text()).render(context)
        hooks = [config.get(key, []) for key in ("pre_hook", "post_hook")]
        hooks = [hook for group in hooks for hook in ([group] if isinstance(group, str) else group)]
        statements = [self.environment.from_string(hook).render(context) for hook in hooks]
        return [text, *(statement for statement in statements if statement.strip())]

    def everything(self):
        paths = self.files("model-paths", "*.sql") + self.files("test-paths", "*.sql")
        rendered = {path.stem: [self.render(path, False), self.render(path, True)] for path in paths}
        start = self.settings.get("on-run-start", [])
        rendered["on-run-start"] = [[self.environment.from_string(hook).render(self.known) for hook in start], []]
        return rendered


print(json.dumps(Project(*sys.argv[1:4]).everything()))
