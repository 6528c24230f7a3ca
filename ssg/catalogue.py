"""The catalogue of everything that can be wrong: a code, its usual level, what it is, why it matters, how to cure it.

A code never changes its meaning. `ssg explain CODE` is made from here.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from ssg.model import Level


class Entry(msgspec.Struct, frozen=True):
    """One kind of problem: its usual level, what it is, why it matters, how to cure it.

    `fixed`: the level cannot be lowered, since there would be nothing right to publish.
    """

    code: str
    level: Level
    title: str
    why: str
    cure: str
    fixed: bool = False


_ENTRIES = (
    # -- settings
    Entry(
        "settings.missing",
        "error",
        "There is no site.toml here",
        "site.toml says what the site is called, where it lives and which keys it uses; nothing can be built without it.",
        "Run the command in the site's folder, name it with --source DIR, or begin a new site with `ssg init DIR`.",
        fixed=True,
    ),
    Entry(
        "settings.syntax",
        "error",
        "site.toml is not valid TOML",
        "A file that cannot be read as TOML sets nothing.",
        "Mend the line that is named; strings stand in quotes, tables begin with [name]. See toml.io.",
        fixed=True,
    ),
    Entry(
        "settings.unknown",
        "error",
        "site.toml sets something that does not exist",
        "A misspelt setting would silently do nothing.",
        "Correct the name to the one suggested, or take the line out. `ssg explain settings` lists every setting.",
        fixed=True,
    ),
    Entry(
        "settings.bad",
        "error",
        "A setting has a value of the wrong type or outside its bounds",
        "The build would have to guess what was meant.",
        "Give it a value of the type that the message names.",
        fixed=True,
    ),
    # -- beginning a site or an article
    Entry(
        "site.exists",
        "error",
        "There is a site here already",
        "`ssg init` never writes over a site.",
        "Name another folder, or go on with the site that is there: `ssg build`.",
        fixed=True,
    ),
    Entry(
        "file.unwritable",
        "error",
        "A file cannot be written",
        "The system does not let us, or somebody changed the file at the same moment.",
        "Mend the permissions of its folder, or run the command again.",
        fixed=True,
    ),
    # -- reading
    Entry(
        "file.unreadable",
        "error",
        "A source file cannot be read",
        "It is not UTF-8, or the system does not let us open it; its words would be lost.",
        "Save it as UTF-8, or mend its permissions.",
        fixed=True,
    ),
    Entry(
        "frontmatter.bad",
        "error",
        "The front matter cannot be parsed",
        "Without it an article has neither title nor date. The commonest cause is a colon in an unquoted YAML title.",
        "Mend the line that is named; put a title that has a colon in quotes.",
        fixed=True,
    ),
    Entry(
        "frontmatter.comment",
        "warning",
        "A value is cut by a #",
        "In YAML a # behind a blank begins a comment, so a headline `Juara #1 Semarang` is published as `Juara`.",
        "Put the value in quotes. If a comment is meant, put two blanks before its #.",
    ),
    Entry(
        "frontmatter.missing",
        "error",
        "An article has no front matter",
        "An article needs at least a title and a date.",
        "Begin the file with `---`, `title: ...`, `date: ...`, `---`. A page without a date belongs in content/pages/.",
        fixed=True,
    ),
    Entry(
        "title.missing",
        "error",
        "An article has no title",
        "The title is its headline, its link in every list, and its name in feeds.",
        "Add a line `title: ...` to the front matter.",
        fixed=True,
    ),
    Entry(
        "date.missing",
        "error",
        "An article has no date",
        "Its address, its place in every list and its feed entry come from its date.",
        "Add a line `date: 2021-12-30 19:29` to the front matter, or let the file's name begin with the date.",
        fixed=True,
    ),
    Entry(
        "date.bad",
        "error",
        "A date cannot be understood",
        "A date that is guessed at puts an article at a wrong address for ever.",
        "Write it as 2021-12-30, 2021-12-30 19:29, or with a zone: 2021-12-30T19:29:00+07:00, 2021-12-30 19:29 WIB.",
        fixed=True,
    ),
    Entry(
        "field.bad",
        "error",
        "A front matter field has a value of the wrong shape",
        "A mapping where a text is asked for, or a word where yes or no is asked for, cannot be shown.",
        "Give the field the shape that the message names.",
        fixed=True,
    ),
    Entry(
        "language.unknown",
        "error",
        "An article is in a language that the site does not have",
        "Its page would have no labels, no front page and no feed.",
        "Add [languages.CODE] to site.toml, or correct the `language` of the article.",
        fixed=True,
    ),
    Entry(
        "key.twice",
        "warning",
        "A front matter key is given twice",
        "Only the last one counts; what the first one says is not shown.",
        "Take one of the two out.",
    ),
    Entry(
        "key.misspelt",
        "warning",
        "A front matter key is nearly, but not quite, one that the program knows",
        "A misspelt key does nothing.",
        "Correct it to the key suggested; a key of your own needs another name.",
    ),
    Entry(
        "text.empty",
        "warning",
        "An article has no text",
        "Its page holds a headline and nothing else. An article whose text is elsewhere says so with `canonical` or `source`.",
        "Write its text below the front matter, or add `draft: true` until there is one.",
    ),
    Entry(
        "text.control",
        "warning",
        "The text holds control characters",
        "They are invisible and make feeds invalid; they are taken out.",
        "Delete them; they often come from a copy out of a PDF.",
    ),
    Entry(
        "code.unknown",
        "warning",
        "A code of another generator stands in the text",
        "It means nothing here and would be shown to readers; it is taken out, the words inside it stay.",
        "Replace it by Markdown, or say in [shortcodes] of site.toml what it means.",
    ),
    Entry(
        "html.removed",
        "warning",
        "HTML that is not allowed was taken out of the text",
        "Scripts, forms, styles and frames of strangers can harm readers and break feeds.",
        "Write it in Markdown, or leave it out. A video of a known host is written as a link on a line of its own.",
    ),
    # -- photos
    Entry(
        "photo.missing",
        "warning",
        "A photo is not there",
        "The page is published without it.",
        "Put the file where the message looks for it (beside the article, or in static/), or take the line out.",
    ),
    Entry(
        "photo.broken",
        "warning",
        "A photo cannot be read as a picture",
        "The file is damaged, too large, or of a format that browsers do not show; the page is published without it.",
        "Export it again as JPEG, PNG, WebP, GIF, AVIF or SVG.",
    ),
    Entry(
        "photo.large",
        "warning",
        "A photo is of more than 2 MB",
        "It is published as it stands, and readers on a phone wait for it and pay for it.",
        "Save it some 1,600 pixels wide as JPEG or WebP: 300 kB are plenty on any screen.",
    ),
    Entry(
        "photo.enormous",
        "warning",
        "A photo is too large to make smaller pictures of it",
        "It would take more memory than a build may have; every reader loads the whole photo.",
        "Save it as an ordinary JPEG, not a progressive one, or with fewer than 50 million pixels.",
    ),
    Entry(
        "photo.remote",
        "warning",
        "A photo lies on another host",
        "It would tell that host of every reader, and die with it. In a text it becomes a link; a lead photo is left out.",
        "Download it, and put it beside the article.",
    ),
    # -- the archive
    Entry(
        "id.twice",
        "error",
        "Two articles have the same id",
        "The id is how feed readers know an article; two with one id hide each other.",
        "Give the newer article an id of its own.",
        fixed=True,
    ),
    Entry(
        "id.place",
        "error",
        "An id cannot be written into an article",
        "`ssg id` adds one line and changes nothing else; in this front matter no place for it was found.",
        "Write the line by hand, as the message shows it.",
        fixed=True,
    ),
    Entry(
        "story.place",
        "error",
        "A story cannot be written into an article",
        "`ssg stories --accept` adds one line and changes nothing else; in this front matter no place for it was found.",
        "Write the line by hand, as the message shows it.",
        fixed=True,
    ),
    Entry(
        "story.unknown",
        "error",
        "No story is offered under a name",
        "`ssg stories --accept` writes what `ssg stories` offers, under the name that it shows.",
        "Take a name from what `ssg stories` offers; `--as` gives the story another one.",
        fixed=True,
    ),
    Entry(
        "link.missing",
        "error",
        "A link points at an article or file that is not there",
        "A reader would land nowhere.",
        'Correct the path or slug, or take the link out. With "link.missing" = "warning" in [problems] of site.toml the words '
        "stay and the link goes.",
    ),
    Entry(
        "link.unpublished",
        "warning",
        "A link points at an article that is not published now",
        "It is a draft, scheduled, expired and hidden, or left out for its errors. The words of the link stay (of a Baca Juga "
        "nothing), and the link is there as soon as the article is.",
        "Publish or mend the article; or take the link out.",
    ),
    Entry(
        "link.bare",
        "warning",
        "A Baca Juga names an article, and does not link to it",
        "Without brackets it is a paragraph like any other: readers see the slug.",
        "Put the slug in brackets: `Baca juga: [[banjir-rob-surut]]`.",
    ),
    Entry(
        "link.nowhere",
        "warning",
        "A link leads to an address of this site at which nothing is published",
        "A reader would land on the page that says so.",
        "Correct the address. Better, link to the source file or slug, which stays true when an address changes.",
    ),
    Entry(
        "link.ambiguous",
        "error",
        "A link could mean several articles",
        "The program does not guess which.",
        "Name one of the candidates by its source path, for instance [text](../11/g20.md).",
    ),
    Entry(
        "related.missing",
        "warning",
        "`related` names an article that is not there",
        "The entry is left out.",
        "Correct the id, slug or path.",
    ),
    Entry(
        "translation.missing",
        "warning",
        "`translation_of` names an article that is not there",
        "The two are not linked to each other.",
        "Give the id of the original.",
    ),
    Entry(
        "data.bad",
        "error",
        "A data file does not have its documented format",
        "What it says cannot be shown.",
        'Mend it as the message says. The format: {"updated": "2024-03-01", "articles": [{"id": "...", "views": 4821}]}.',
    ),
    Entry(
        "data.article",
        "warning",
        "A data file names an article that is not there",
        "The entry is left out.",
        "Correct or remove the id.",
    ),
    Entry(
        "address.collision",
        "error",
        "Two things want the same address",
        "One would overwrite the other.",
        "Give one of them another slug, date, alias or file name.",
        fixed=True,
    ),
    Entry(
        "address.escape",
        "error",
        "An address leads out of the site",
        "Files would be written outside the output folder, or where the web server cannot serve them.",
        "Take `..`, `?`, `#`, backslashes, control characters and host names out of it.",
        fixed=True,
    ),
    Entry(
        "address.long",
        "error",
        "An address is too long for a file",
        "No part of it may have more than 255 bytes, and the whole not more than 1,000.",
        "Give the article a shorter `slug`, or the tag, person, section, region or story a shorter name.",
        fixed=True,
    ),
    Entry(
        "note.twice",
        "error",
        "A tag, person, section, region or story is described by two files",
        "Only one of them can name it.",
        "Merge the two files.",
        fixed=True,
    ),
    Entry(
        "note.merged",
        "error",
        "A tag is described that is merged into another",
        "Articles have the tag by its new name, and the page that the file describes leads on to that one's.",
        "Move the file to the new name, or take the line out of [merged_tags] in site.toml.",
    ),
    # -- the theme
    Entry(
        "theme.missing",
        "error",
        "The theme is not there",
        "Pages are rendered by a theme's templates.",
        "Correct `theme` in site.toml: the name of a folder in themes/, or of a theme that `ssg theme list` shows.",
        fixed=True,
    ),
    Entry(
        "theme.bad",
        "error",
        "A file of the theme cannot be read",
        "Its theme.toml or one of its translations is not valid, or themes extend each other in a circle.",
        "Mend the line that is named.",
        fixed=True,
    ),
    Entry(
        "theme.property",
        "warning",
        "A theme.toml sets a property that does nothing",
        "No theme that it changes or extends knows the property, and no style sheet uses it: it is probably misspelt.",
        "Correct the name, or take the line out; `ssg theme copy theme.toml` shows those that there are.",
    ),
    Entry(
        "theme.colour",
        "warning",
        "A property that is a colour has a value that is none",
        "Browsers take no notice of it, and show the text or the line in the colour of what is around it.",
        'Write a colour of CSS: "#0a6b4f", "green", "rgb(10 107 79)".',
    ),
    Entry(
        "theme.unused",
        "warning",
        "A theme holds something that nothing asks for",
        "A block, a template, a label or a translation of a name that nobody knows silently does nothing.",
        "Correct its name to the one suggested, or take it out.",
    ),
    Entry(
        "theme.file",
        "error",
        "The theme has no such file",
        "Only a file of the theme in use can be copied or compared.",
        "Name a file as it stands in the theme's folder: article.html, static/style.css, translations/id.toml.",
        fixed=True,
    ),
    Entry(
        "theme.copied",
        "error",
        "The site has this file of the theme already",
        "`ssg theme copy` never writes over a file of yours.",
        "Look at what it changes with `ssg theme diff`; remove it first to begin anew.",
        fixed=True,
    ),
    Entry(
        "template.missing",
        "error",
        "A template is not there",
        "A kind of page has no template to be rendered with.",
        "Add the file to your theme, or extend the default theme in theme.toml.",
        fixed=True,
    ),
    Entry(
        "template.fault",
        "error",
        "A template has a fault",
        "The pages that it renders would be wrong.",
        "Mend the line that is named.",
        fixed=True,
    ),
    Entry(
        "label.missing",
        "warning",
        "A label has no translation",
        "The page shows the label of the site's default language, else the English one, else the label's key.",
        "Add the label to the file that is named; it holds only what you change or add.",
    ),
    Entry(
        "label.bad",
        "error",
        "A label has braces that cannot be filled in",
        "The pages that show it could not be made, or would show the braces.",
        "Write in braces only what the message names, as in the label that came.",
        fixed=True,
    ),
    Entry(
        "label.incomplete",
        "warning",
        "A label lacks what is filled in",
        "A number, a name or a date that the page is to show there is not shown.",
        "Put it where it is to stand, in braces, as in the label that came.",
    ),
    # -- publishing
    Entry(
        "output.foreign",
        "error",
        "A file that the program did not make stands at a page's address",
        "It is never overwritten.",
        "Move the file to static/ if it belongs to the site, or delete it from the output folder.",
        fixed=True,
    ),
    Entry(
        "output.place",
        "error",
        "The output folder cannot be used",
        "It holds the site's sources, lies inside them, or cannot be written.",
        "Name another folder with --output DIR, or mend its permissions.",
        fixed=True,
    ),
    # -- checking a copy
    Entry(
        "manifest.missing",
        "error",
        "A copy of a site has no manifest",
        "Without the sums that were published nothing can be said of its files.",
        "Name the folder of the site itself; its manifests are there if `manifests = true` stands in [data] of site.toml.",
        fixed=True,
    ),
    Entry(
        "manifest.bad",
        "error",
        "A manifest of a copy cannot be read",
        "What it lists is not known, so nothing could be believed of the files.",
        "Fetch the file again from the site; each line has 64 hexadecimal digits, two blanks and a path.",
        fixed=True,
    ),
    Entry(
        "serve.address",
        "error",
        "The site cannot be served at this address",
        "The system does not let us listen there: the address is none of this machine's, or the port is taken or reserved.",
        "Name another port with --port, or leave --host out.",
        fixed=True,
    ),
    Entry(
        "host.rule",
        "warning",
        "A rule for the web host cannot be understood",
        "A line of _redirects or _headers, or a table of netlify.toml, that the host cannot read does nothing there.",
        "Mend the line that is named; Netlify's documentation shows the format.",
    ),
    Entry(
        "host.limit",
        "error",
        "The site is more than its host takes",
        "The host refuses to publish it, or leaves out what is too much without a word.",
        "Fewer files: each format in `also` of [feeds] is one more for every tag. Fewer rules: one with an asterisk stands for "
        "many. A large file can lie elsewhere. Or take a host or a plan that allows more: `ssg check --host` knows several.",
        fixed=True,
    ),
    Entry(
        "output.missing",
        "error",
        "No site was built here",
        "There is nothing to look at.",
        "Run `ssg build` first, or name the folder with --output DIR.",
        fixed=True,
    ),
    Entry(
        "changes.missing",
        "error",
        "No build has left word of what it changed",
        "Only what a build changed can be told to others.",
        "Run `ssg build` first, in the same folder and with the cache of that folder.",
        fixed=True,
    ),
    Entry(
        "notify.failed",
        "error",
        "A hub or search engine did not take what it was told",
        "Its subscribers will see what is new only when they ask by themselves; the site itself is published as it should.",
        "Look at the address in site.toml (`hub` of [feeds], `indexnow` of [notify]). If it is right, run `ssg notify` again.",
        fixed=True,
    ),
    Entry(
        "why.unknown",
        "error",
        "No page has this address",
        "Only what a build makes can be explained.",
        "Write an address of the site (/tag/nato/), a source file (content/2021/12/a.md), or a file of the output.",
        fixed=True,
    ),
    Entry(
        "changes.many",
        "error",
        "A build would change more files than change_budget allows",
        "Every changed file is uploaded and fetched anew; a page that shows today's news is another one every day.",
        "`ssg why ADDRESS` says why one of them would change; keep what changes daily in the blocks, which pages fetch, or "
        "raise change_budget in site.toml.",
    ),
    Entry(
        "worker.died",
        "error",
        "A worker process was killed",
        "The system ends a process when memory runs out; what it was making is not there.",
        "Build with fewer workers (`--workers 1`), or with more memory.",
        fixed=True,
    ),
    Entry(
        "address.lost",
        "error",
        "An address that was published would die",
        "Readers, other sites and search engines lead to it, and would find nothing.",
        "If it has another slug now, add it to `aliases` in the front matter; if the pattern has changed, add the old one to "
        '`permalinks_before` in site.toml; else say in [redirects] of site.toml where it leads: `"/lama/" = "/baru/"`, or '
        '`""` if it has gone for good. A withdrawn article keeps its address.',
    ),
    Entry(
        "ledger.bad",
        "error",
        "The ledger of addresses cannot be read",
        "It says which addresses must not die.",
        "Each line is an address that begins with a slash. Bring the file back as it was, or write it anew with `ssg ledger`.",
        fixed=True,
    ),
    Entry(
        "robots.own",
        "warning",
        "site.toml speaks to crawlers, and the site has a robots.txt of its own",
        "Only one robots.txt can be published, and what a person wrote comes first: whom [robots] names is let in.",
        "Write the crawlers into static/robots.txt and take [robots] out of site.toml, or remove the file.",
    ),
    Entry(
        "feed.vanished",
        "warning",
        "A feed that was published has gone",
        "Its subscribers get an error from now on, and nobody tells them where the articles went. Each build says so again.",
        "Keep it by describing its tag, person, section, region or story in the file that is named; that needs no article. "
        "If it may go, add its address to `gone` in [feeds] of site.toml.",
    ),
)

CATALOGUE: Mapping[str, Entry] = {entry.code: entry for entry in _ENTRIES}
