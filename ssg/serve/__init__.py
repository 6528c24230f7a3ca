"""`ssg serve`: the site while it is being written, as its host will show it, and the open page as it changes.

    watching --> building (a process of its own) --> live --> the open page
                              |                                  |
                     .ssg-cache/serve/N/  <-- host <-- app <-- requests

`server` puts the parts together. `place` finds a folder that no other serve uses and a free port; `building` builds into that
folder; `host` answers from it as a web host would, with the site's own `redirects` and `headers` (whose patterns of addresses
are in `paths`) and `media_types`; `app` puts the script of `client/` into pages and tells them, through `live`, what changed;
`policy` lets that script through the site's Content-Security-Policy. `output/` is never touched.

Nothing is imported here, so that the process that builds needs no web server.
"""
