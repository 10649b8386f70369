#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Learns, from contributions coded by hand, what words around a theme speak for its being denied.

    tests/gold/learn.py AURICULE [--folds] [--agree] [-o plugins/annotate-negation/weights.c] [CODED.csv...]

AURICULE is the built program.  Without files, all contributions of tests/gold (but a-part) and corpora.  What is learnt is a logistic regression: the logit
of « this find is denied » is a sum of one weight per word and place, word pair and a few others, fitted by the likelihood of the coded
finds with a ridge penalty (le Cessie and van Houwelingen 1992, Applied Statistics 41, 191-201), by dual coordinate descent (Yu, Huang and Lin 2011, Machine
Learning 85, 41-75).  Nothing is drawn at random: the same contributions give the same weights.

A find counts as denied where its contribution is coded with the theme in `nies` alone, and as asserted where it is in `themes` alone;
asserted ones that the rules deny are left out, and so are finds whose entry has a polarity of its own: nobody asks for their weight.
In corpora (TEI), whatever the rules do not deny is asserted: it was read.  Contributions whose text is somebody else's are given by their
id alone (appris/grand-debat.csv); their text is looked up in ../shared/data/grand-debat/sample.csv, and where that is missing they are left out.
Those of the sample without a row there are taken as the corpora are: see README.md.

--folds: learns five times without a fifth of the contributions and says how it does on that fifth.
--agree: does AURICULE deny the finds that the weights in weights.c deny here?  Asked of contributions with one find, which hangs on no other.
"""
import collections
import csv
import glob
import hashlib
import json
import math
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
APART = 'a-part'  # measured on, not learnt from
SAMPLE = os.path.join(TOP, '..', 'shared', 'data', 'grand-debat', 'sample.csv')

# Ends of clauses, and words that negate: marked in the table.
BOUND = set(', ; : . ! ? … ... - — – ( ) mais ms et car donc parce'.split())
NEGATES = set('pas plus jamais rien aucun aucune personne sans ni zero nul nulle guere point ne n\' non'.split())
MUTE = set('. ! … ...'.split())  # a matter of who typed it
PLACES = 'b0 b1 a0 a1 b.1 b.2 b.4 a.1 a.2 a.4 in in&b in&a answer b0&b a0&a b0&lack b1&lack a0&lack a1&lack'.split()
HEAD = 4         # first letters by which a word without a row of its own is known
ANSWER = 3       # words of the sentence behind a question that are looked at
PAIRS = 'b a edge'.split()

RIDGE = 1.0      # the penalty is half the sum of squares, the likelihood's part is multiplied by this
SEEN = 3         # features of fewer finds say nothing
SMALL = 0.17     # weights below say too little to be kept
ENOUGH = 0.75     # a find is denied above it: evidence.c
UNIT = 256       # weights are whole numbers of 1/UNIT


def near(n):
    return '1' if n == 1 else '2' if n == 2 else '4' if n <= 4 else ''


def head(w):
    """« emba* » for « embauche »; None for short words."""
    return w[:HEAD] + '*' if len(w.encode()) > HEAD and w[:HEAD].isascii() else None


def features(words, ends, first, last, lack, rows=()):
    """As plugins/annotate-negation/evidence.c sees them: a list of (kind, word or pair, place), with what is there twice twice.
    rows: words whose weights are known to hold those of their first letters."""
    start = first
    while start > 0 and not ends[start - 1]:
        start -= 1
    stop = first
    while stop < len(words) - 1 and not ends[stop]:
        stop += 1
    last = min(last, stop)
    out = [('len', min(last - first, 3))]
    if lack:
        out.append(('lack',))
    negated = {'a': False, 'b': False}

    def word(w, place_):
        out.append(('at', w, place_))
        if head(w) and w not in rows:
            out.append(('at', head(w), place_))
    for side, places in (('b', range(first - 1, start - 1, -1)), ('a', range(last + 1, stop + 1))):
        clause, own = 0, []
        for n, i in enumerate(places, 1):
            w = words[i]
            if w in BOUND:
                clause = min(clause + 1, 2)
            if w in MUTE:
                continue
            if clause < 2:
                word(w, '%s%d' % (side, clause))
                if lack:
                    out.append(('at', w, '%s%d&lack' % (side, clause)))
            if near(n):
                out.append(('at', w, '%s.%s' % (side, near(n))))
            if clause == 0:
                own.append(w)
            if i + 1 <= stop and (side == 'a' or i + 1 < first) and words[i + 1] not in MUTE:
                out.append(('pair', w, words[i + 1], side))
        negated[side] = any(w in NEGATES for w in own)
        if negated[side]:
            out.extend(('at', w, '%s0&%s' % (side, side)) for w in own)
    for w in words[first:last + 1]:
        word(w, 'in')
        for side in 'ab':
            if negated[side]:
                out.append(('at', w, 'in&' + side))
    if words[stop] == '?':
        for w in words[stop + 1:stop + 1 + ANSWER]:
            if w not in MUTE:
                out.append(('at', w, 'answer'))
    if first > start and words[first - 1] not in MUTE:
        out.append(('pair', words[first - 1], words[first], 'edge'))
    if last < stop and words[last + 1] not in MUTE:
        out.append(('pair', words[last], words[last + 1], 'edge'))
    return out


def polarities():
    """By entry: the polarity that its lexicon gives it."""
    found = {}

    def walk(e, polarity):
        polarity = e.get('polarity', polarity)
        if e.tag.endswith('entry'):
            for line in [e.get('id') or ''] + (e.text or '').splitlines():
                if line.strip():
                    found[line.strip()] = polarity
        for child in e:
            walk(child, polarity)
    for path in sorted(glob.glob(os.path.join(TOP, 'lexicons', '*.xml'))):
        walk(ET.parse(path).getroot(), 'context')
    return found


def answers(program, verb, path, pipeline):
    out = subprocess.run([program, verb, '-q', '-f', 'jsonl', '-p', pipeline, path], capture_output=True, text=True, check=True).stdout
    return {j['id']: j for j in map(json.loads, out.splitlines())}


def place(tokens, start, end):
    return next(i for i, t in enumerate(tokens) if t['end'] > start), max(i for i, t in enumerate(tokens) if t['start'] < end)


def seen_in(tokens, start, end, lack, rows=()):
    return features([t['layers']['fold'] for t in tokens], [t['sentence_end'] for t in tokens], *place(tokens, start, end), lack, rows)


def coded(path):
    """By id, the themes that are asserted and those that are denied; contributions that are not in it were read, and assert what they name."""
    if path.endswith('.xml'):
        return {}
    with open(path, encoding='utf-8', newline='') as f:
        return {r['id']: [set(filter(None, (r[k] or '').split('|'))) for k in ('themes', 'nies')] for r in csv.DictReader(f, delimiter=';')}


def finds(program, path, pipeline, polarity):
    """(what it is of, is it denied, features) of each find that is coded."""
    texts = SAMPLE if os.path.basename(path) == 'grand-debat.csv' else path
    if not os.path.exists(texts):
        print('%s: its texts are not at hand, so it is left out' % path, file=sys.stderr)
        return
    codes = coded(path)
    tokens, themes = answers(program, 'tokens', texts, pipeline), answers(program, 'annotate', texts, pipeline)
    for id_, found in themes.items():
        for h in found['themes']:
            code = h['theme'].split('.')[0]
            said, denied = codes.get(id_, ({code}, set()))
            own = polarity.get(h.get('entry', ''), 'context')
            if own not in ('context', 'lack') or (code in said) == (code in denied) or (code in said and h['polarity'] == 'negated'):
                continue
            yield (path, id_, code), code in denied, seen_in(tokens[id_]['tokens'], h['start'], h['end'], own == 'lack')


def marked(program, path, pipeline):
    """The same of sentences in which finds are marked: [-…] denied, [+…] and [?…] not, {…} where a lack counts."""
    texts, marks = [], []
    with open(path, encoding='utf-8') as f:
        for line in f:
            if line.strip() and line[0] != '#':
                text, found = '', []
                for piece in re.split(r'([\[{][-+?]|[\]}])', line.strip()):
                    if re.fullmatch(r'[\[{][-+?]', piece):
                        found.append([piece, len(text), None])
                    elif piece in (']', '}') and found and found[-1][2] is None:
                        found[-1][2] = len(text)
                    else:
                        text += piece
                texts.append(text)
                marks.append(found)
    with tempfile.NamedTemporaryFile('w', suffix='.csv', encoding='utf-8', newline='') as f:
        out = csv.writer(f, delimiter=';')
        out.writerow(('id', 'texte', 'themes', 'nies'))
        out.writerows(('m%04d' % i, t, '', '') for i, t in enumerate(texts))
        f.flush()
        tokens = answers(program, 'tokens', f.name, pipeline)
    for i, found in enumerate(marks):
        for k, (sign, start, end) in enumerate(found):
            yield (path, str(i), k), sign[1] == '-', seen_in(tokens['m%04d' % i]['tokens'], start, end, sign[0] == '{')


def learn(x, y):
    """The weights of the features, and of none (the bias): dual coordinate descent, in the order of the contributions."""
    seen = collections.Counter(f for features_ in x for f in set(features_))
    number = {f: i for i, f in enumerate(sorted((f for f in seen if seen[f] >= SEEN), key=repr))}
    bias = len(number)
    x = [[number[f] for f in features_ if f in number] + [bias] for features_ in x]
    w = [0.0] * (bias + 1)
    squares = [float(sum(n * n for n in collections.Counter(at).values())) for at in x]
    alpha = [1e-8] * len(x)
    for at, denied in zip(x, y):
        for k in at:
            w[k] += alpha[0] if denied else -alpha[0]
    for turn in range(60):
        # a walk through all of them with another stride each time: near enough to chance
        stride = next(s for s in range(len(x) // 3 + 7919 * turn % max(len(x), 1) + 1, 4 * len(x) + 8000) if math.gcd(s, len(x)) == 1)
        most = 0.0
        for j in range(len(x)):
            i = j * stride % len(x)
            sign = 1.0 if y[i] else -1.0
            xx = squares[i]
            wx = sign * sum(w[k] for k in x[i])
            a, old = alpha[i], alpha[i]
            for _ in range(20):  # Newton steps on one variable
                slope = wx + (a - old) * xx + math.log(a / (RIDGE - a))
                step = slope / (xx + RIDGE / (a * (RIDGE - a)))
                to = a - step
                a = to if 0 < to < RIDGE else a / 10 if to <= 0 else (a + RIDGE) / 2
                if abs(slope) < 1e-6:
                    break
            change = (a - old) * sign
            most = max(most, abs(change))
            if change:
                alpha[i] = a
                for k in x[i]:
                    w[k] += change
        if most < 1e-3:
            break
    return {f: w[i] for f, i in number.items() if abs(w[i]) >= SMALL}, w[bias]


def by_theme(which, known, bias):
    """By contribution and theme: whether it is denied, and the least logit of its finds: all have to be denied."""
    least = {}
    for of, denied, f in which:
        s = bias + sum(known.get(k, 0.0) for k in f)
        least[of] = (denied, min(s, least.get(of, (0, math.inf))[1]))
    return list(least.values())


def folds(all_finds):
    result = []
    for k in range(5):
        out = [f for f in all_finds if sum(f[0][1].encode()) % 5 == k]
        rest = [f for f in all_finds if sum(f[0][1].encode()) % 5 != k]
        known, bias = learn([f[2] for f in rest], [f[1] for f in rest])
        result += by_theme(out, known, bias)
    said = sorted((s for denied, s in result if not denied), reverse=True)
    unsaid = [s for denied, s in result if denied]
    for part in (0.005, 0.01, 0.015, 0.02, 0.03):
        at = said[int(len(said) * part)]
        print('%.1f %% of %d asserted themes taken for denied, %.1f %% of %d denied ones: logit above %.2f' %
              (100 * part, len(said), 100 * sum(s > at for s in unsaid) / len(unsaid), len(unsaid), at), file=sys.stderr)


def table(known, bias, out):
    whole = lambda x: int(round(x * UNIT))
    words = BOUND | NEGATES
    for f in known:
        words.update(f[1:2] if f[0] == 'at' else f[1:3] if f[0] == 'pair' else ())
    order = sorted(words, key=lambda w: w.encode())
    number = {w: i for i, w in enumerate(order)}
    pairs = collections.defaultdict(dict)
    for f in known:
        if f[0] == 'pair':
            pairs[f[1], f[2]][f[3]] = whole(known[f])
    pairs = sorted(pairs.items(), key=lambda p: (number[p[0][0]], number[p[0][1]]))
    p = lambda *a: print(*a, file=out)
    p('/* SPDX-License-Identifier: Apache-2.0 */')
    p('/* weights.c - what was learnt from the contributions of tests/gold: made by tests/gold/learn.py, not to be changed by hand.')
    p(' * A word, or the first letters of words that have no row; what it is besides (1: ends a clause, 2: negates, 4: asks); and its weights')
    p(' * by place, in 1/%d of a logit: %s. */' % (UNIT, ' '.join(PLACES)))
    p('#include "weights.h"')
    p('')
    digest = hashlib.sha256(repr(sorted(known.items(), key=repr)).encode()).hexdigest()[:12]
    p('const char neg_weights_made[] = "%s";' % digest)
    p('const int32_t neg_weight_of_all = %d, neg_weight_of_lack = %d;' % (whole(bias), whole(known.get(('lack',), 0))))
    p('const int32_t neg_weight_of_words[4] = { %s };' % ', '.join(str(whole(known.get(('len', n), 0))) for n in range(4)))
    p('const uint32_t neg_weight_count = %d, neg_pair_count = %d;' % (len(order), len(pairs)))
    p('const neg_weight neg_weights[%d] = {' % len(order))
    for w in order:
        # what is known of its first letters is added to its own weights
        values = [whole(sum(known.get(('at', x, place_), 0) for x in {w, head(w)})) for place_ in PLACES]
        p('\t{ "%s", %d, { %s } },' % (w.replace('\\', '\\\\').replace('"', '\\"'), (w in BOUND) + 2 * (w in NEGATES) + 4 * (w == '?'), ', '.join(map(str, values))))
    p('};')
    p('/* Two words, by their numbers above, and the weights of the pair before the find, behind it, at its edge. */')
    p('const neg_pair neg_pairs[%d] = {' % max(len(pairs), 1))
    line = '\t'
    for (a, b), v in pairs:
        line += '{ %d, %d, { %s } },' % (number[a], number[b], ', '.join(str(v.get(k, 0)) for k in PAIRS))
        if len(line) > 100:
            p(line)
            line = '\t'
        else:
            line += ' '
    p(line.rstrip())
    p('};')
    print('%d words, %d pairs' % (len(order), len(pairs)), file=sys.stderr)


def table_read():
    """The weights of weights.c, as learn() gives them."""
    with open(os.path.join(TOP, 'plugins', 'annotate-negation', 'weights.c'), encoding='utf-8') as f:
        source = f.read()
    known, names = {}, []
    number = lambda name: int(re.search(name + r' = (-?\d+)', source).group(1))
    for word, values in re.findall(r'\{ "((?:[^"\\]|\\.)*)", \d+, \{ (.*?) \} \},', source):
        names.append(re.sub(r'\\(.)', r'\1', word))
        known.update((('at', names[-1], place_), int(v) / UNIT) for place_, v in zip(PLACES, values.split(',')))
    for a, b, values in re.findall(r'\{ (\d+), (\d+), \{ (.*?) \} \},', source):
        known.update((('pair', names[int(a)], names[int(b)], place_), int(v) / UNIT) for place_, v in zip(PAIRS, values.split(',')))
    lengths = re.search(r'neg_weight_of_words\[4\] = \{ (.*?) \}', source).group(1).split(',')
    known.update((('len', n), int(v) / UNIT) for n, v in enumerate(lengths))
    known['lack',] = number('neg_weight_of_lack') / UNIT
    return known, number('neg_weight_of_all') / UNIT, set(names)


def agree(program, paths, rules, polarity):
    known, bias, rows = table_read()
    asked = differ = kept = 0
    for path in paths:
        if not path.endswith('.csv') or os.path.basename(path) == 'grand-debat.csv':
            continue
        tokens, by_rules = answers(program, 'tokens', path, rules), answers(program, 'annotate', path, rules)
        weighed = answers(program, 'annotate', path, os.path.join(TOP, 'lexicons', 'pipeline.xml'))
        for id_, found in by_rules.items():
            if len(found['themes']) != 1 or found['themes'][0]['polarity'] != 'asserted':
                continue
            h = found['themes'][0]
            own = polarity.get(h.get('entry', ''), 'context')
            if own not in ('context', 'lack'):
                continue
            logit = bias + sum(known.get(k, 0.0) for k in seen_in(tokens[id_]['tokens'], h['start'], h['end'], own == 'lack', rows))
            asked += 1
            denied = weighed[id_]['themes'][0]['polarity'] == 'negated'
            if denied and logit <= ENOUGH:
                differ += 1
                print('%s %s: %.2f' % (path, id_, logit), file=sys.stderr)
            kept += not denied and logit > ENOUGH  # by upheld.c
    print('%d finds weighed, %d otherwise than by the program, %d that it does not deny nevertheless' % (asked, differ, kept), file=sys.stderr)
    return differ == 0 and kept * 100 <= asked


def main(args):
    program, paths, target, in_folds, ask = args[0], [], None, False, False
    args = args[1:]
    while args:
        a = args.pop(0)
        if a == '-o':
            target = args.pop(0)
        elif a == '--folds':
            in_folds = True
        elif a == '--agree':
            ask = True
        else:
            paths.append(a)
    paths = paths or sorted(path for path in glob.glob(os.path.join(HERE, '*.csv')) + glob.glob(os.path.join(HERE, '*', '*.csv')) +
                            [os.path.join(HERE, 'polarite.txt')] + glob.glob(os.path.join(TOP, 'corpora', '*', '*.xml'))
                            if os.path.basename(os.path.dirname(path)) != APART)
    polarity = polarities()
    with tempfile.NamedTemporaryFile('w', suffix='.xml', encoding='utf-8') as pipeline:
        with open(os.path.join(TOP, 'lexicons', 'pipeline.xml'), encoding='utf-8') as f:
            pipeline.write(f.read().replace('<annotator plugin="annotate-negation" optional="yes"/>',
                                            '<annotator plugin="annotate-negation"><set key="evidence" value="no"/></annotator>'))
        pipeline.flush()
        if ask:
            sys.exit(0 if agree(program, paths, pipeline.name, polarity) else 1)
        all_finds = [f for path in paths for f in
                     (marked(program, path, pipeline.name) if path.endswith('.txt') else finds(program, path, pipeline.name, polarity))]
    print('%d finds, %d of them denied' % (len(all_finds), sum(f[1] for f in all_finds)), file=sys.stderr)
    if in_folds:
        folds(all_finds)
    if target:
        known, bias = learn([f[2] for f in all_finds], [f[1] for f in all_finds])
        with open(target, 'w', encoding='utf-8') as out:
            table(known, bias, out)


if __name__ == "__main__":
    main(sys.argv[1:])
