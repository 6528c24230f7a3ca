"""How good the lists of related articles are: with the links between articles hidden, how many of them come back.

Authors who link their articles to each other have said which ones are related. `python -m bench.related` takes the links out of
what is compared, asks every ranking for five articles, and counts how many linked ones are among them.
"""
