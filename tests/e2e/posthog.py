# SPDX-License-Identifier: MIT
"""How PostHog's server answers, as far as connecting to it goes.

What a key may do is a property of the key, so a key says it by its name:

    phx_us          everything, in the region us
    phx_eu          everything, in the region eu
    phx_reader      all that claribi wants but people and recordings, and it
                    cannot list projects; us
    phx_no_tools    user:read and nothing else
    phx_no_user     lacks user:read, without which nothing is answered
    phx_cli         as phx_us, through something that drops mode=tools
    phx_one         everything; may read the project 101 only

Any other phx_ key is unknown. The texts of refusals are the server's own.
"""

import json
import urllib.parse

TOOL_SCOPES = {
    "cohorts-list": "cohort:read",
    "cohorts-retrieve": "cohort:read",
    "dashboard-get": "dashboard:read",
    "dashboards-get-all": "dashboard:read",
    "docs-search": "project:read",
    "execute-sql": "query:read",
    "feature-flag-get-all": "feature_flag:read",
    "feature-flag-get-definition": "feature_flag:read",
    "insight-query": "query:read",
    "persons-list": "person:read",
    "persons-retrieve": "person:read",
    "projects-get": "organization:read",
    "query-error-tracking-issues-list": "error_tracking:read",
    "query-funnel": "query:read",
    "query-session-recordings-list": "session_recording:read",
    "query-trends": "query:read",
    "read-data-schema": "event_definition:read",
}
ALL = set(TOOL_SCOPES.values())

PROJECTS = [
    {"id": 101, "name": "Web shop", "api_token": "phc_token_of_101",
     "timezone": "Europe/Berlin"},
    {"id": 102, "name": "Mobile app", "api_token": "phc_token_of_102",
     "timezone": "UTC"},
]

# By key: the region, the scopes and the projects.
KEYS = {
    "phx_us": ("us", ALL, (101, 102)),
    "phx_eu": ("eu", ALL, (101, 102)),
    "phx_reader": ("us", ALL - {"person:read", "session_recording:read",
                                "organization:read"}, (101, 102)),
    "phx_no_tools": ("us", set(), (101,)),
    "phx_cli": ("us", ALL, (101, 102)),
    "phx_one": ("us", ALL, (101,)),
}

REGIONS = {"mcp.posthog.com": "us", "mcp-eu.posthog.com": "eu"}

READING = {"readOnlyHint": True, "destructiveHint": False,
           "idempotentHint": True, "openWorldHint": True}
WRITING = {"readOnlyHint": False, "destructiveHint": True,
           "idempotentHint": False, "openWorldHint": True}


def tool(name, annotations):
    return {"name": name, "description": "The tool %s." % name,
            "inputSchema": {"type": "object", "properties": {
                "limit": {"type": "integer"},
                "query": {"type": ["object", "string"]},
                "context": {"type": "string"}}, "required": ["context"]},
            "annotations": annotations}


def failed(text):
    return {"content": [{"type": "text", "text": text}], "isError": True}


class Request:
    """One request: whose it is and what may be answered."""

    def __init__(self, host, path, headers):
        query = urllib.parse.parse_qs(path.partition("?")[2])
        self.region = REGIONS.get(host)
        self.key = headers.get("Authorization", "").removeprefix("Bearer ")
        self.tools = set(",".join(query.get("tools", [])).split(","))
        self.in_tools_mode = (query.get("mode") == ["tools"] and
                              headers.get("x-posthog-mcp-mode") == "tools" and
                              self.key != "phx_cli")
        self.project = headers.get("x-posthog-project-id") or "101"

    def refusal(self):
        """(status, text, headers), or None if the key may ask."""
        view = "View https://posthog.com/docs/model-context-protocol"
        if not self.key:
            return 401, ("No token provided, please provide a valid API "
                         "token. " + view), {}
        if not self.key.startswith(("phx_", "pha_")):
            return 401, ("Invalid token, please provide a valid API token. "
                         + view), {}
        if self.key == "phx_no_user":
            return 403, ("Missing PostHog API scope: 'user:read'. Add it to "
                         "the key."), {
                "WWW-Authenticate": 'Bearer error="insufficient_scope", '
                                    'scope="user:read"'}
        known = KEYS.get(self.key)
        if known is None or self.region not in (None, known[0]):
            return 401, "Invalid API key", {}
        return None

    def result(self, method, params):
        if method == "tools/list":
            return {"tools": self.listed()}
        name = params.get("name")
        if name not in [entry["name"] for entry in self.listed()]:
            return failed("Tool %s not found" % name)
        if name == "projects-get":
            return self.projects()
        if self.project not in [str(number) for number in KEYS[self.key][2]]:
            return failed("Error: [%s]: PostHog API permission denied: API "
                          "key does not have access to the requested project: "
                          "ID %s." % (name, self.project))
        return {"content": [{"type": "text", "text": json.dumps(
            {"count": 0, "next": None, "previous": None, "results": []})}]}

    def listed(self):
        if not self.in_tools_mode:
            return [tool("exec", WRITING)]
        scopes = KEYS[self.key][1]
        names = [name for name, scope in TOOL_SCOPES.items()
                 if name in self.tools and scope in scopes]
        # Listed whatever is asked for; it sends what it is given to PostHog.
        return [tool(name, READING) for name in names + ["agent-feedback"]]

    def projects(self):
        mine = [project for project in PROJECTS
                if project["id"] in KEYS[self.key][2]]
        return {"content": [{"type": "text", "text": json.dumps(mine)}]}
