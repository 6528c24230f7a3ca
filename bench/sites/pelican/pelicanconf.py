"""Pelican's site of the bench: the pages, lists and feeds that the others make too, and nothing beside them."""

SITENAME = "Arsip Ukur"
SITEURL = "https://bench.example"
TIMEZONE = "Asia/Jakarta"
DEFAULT_LANG = "id"
PATH = "content"
ARTICLE_PATHS = [""]
PAGE_PATHS: list[str] = []
STATIC_PATHS: list[str] = []
THEME = "theme"
THEME_STATIC_PATHS: list[str] = []
PLUGIN_PATHS = ["plugins"]
PLUGINS = ["terkait"]
TYPOGRIFY = False
SLUGIFY_SOURCE = "basename"
WITH_FUTURE_DATES = True

ARTICLE_URL = "{date:%Y}/{date:%m}/{date:%d}/{slug}/"
ARTICLE_SAVE_AS = ARTICLE_URL + "index.html"
TAG_URL, TAG_SAVE_AS = "tag/{slug}/", "tag/{slug}/index.html"
AUTHOR_URL, AUTHOR_SAVE_AS = "editor/{slug}/", "editor/{slug}/index.html"
CATEGORY_URL, CATEGORY_SAVE_AS = "rubrik/{slug}/", "rubrik/{slug}/index.html"
YEAR_ARCHIVE_SAVE_AS = "{date:%Y}/index.html"
MONTH_ARCHIVE_SAVE_AS = "{date:%Y}/{date:%m}/index.html"
DAY_ARCHIVE_SAVE_AS = "{date:%Y}/{date:%m}/{date:%d}/index.html"

DIRECT_TEMPLATES = ["index", "tags", "authors", "categories", "sitemap"]
TAGS_SAVE_AS = "tag/index.html"
AUTHORS_SAVE_AS = "editor/index.html"
CATEGORIES_SAVE_AS = "rubrik/index.html"
ARCHIVES_SAVE_AS = ""
SITEMAP_SAVE_AS = "sitemap.xml"

DEFAULT_PAGINATION = 20
PAGINATED_TEMPLATES = {"index": None, "tag": None, "author": None, "category": None}
PAGINATION_PATTERNS = (
    (1, "{url}", "{save_as}"),
    (2, "{base_name}/hal/{number}/", "{base_name}/hal/{number}/index.html"),
)

FEED_DOMAIN = SITEURL
FEED_MAX_ITEMS = 20
RSS_FEED_SUMMARY_ONLY = False
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = TRANSLATION_FEED_ATOM = None
FEED_RSS = "feed.xml"
TAG_FEED_RSS = "tag/{slug}/feed.xml"
AUTHOR_FEED_RSS = "editor/{slug}/feed.xml"
CATEGORY_FEED_RSS = "rubrik/{slug}/feed.xml"

MARKDOWN = {
    "extension_configs": {"markdown.extensions.extra": {}},
    "output_format": "html5",
}
