#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures auricule and its peers side by side and writes the tables of doc/performance.md.  run.sh calls it.

Figures are medians over the runs; the engines take turns, so that a slow moment of the machine falls on all of them.
Seconds of processor and peak memory are the kernel's (wait4), disk is what the files occupy.  What was measured is kept
in WORK/results.json after each part: parts may be measured on different days, and each says when.
"""
import argparse
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import time

SIZES = {'10k': 10_000, '100k': 100_000, '1m': 1_000_000, '10m': 10_000_000}
PARTS = ['floors', 'ingest', 'growth', 'open', 'query', 'agree', 'match']
PEERS = ['fts5-stem', 'fts5-unicode', 'xapian', 'groonga', 'hyperscan']
NAMES = {
    'auricule': '**auricule**, one thread', 'auricule-2': '**auricule**, two threads',
    'auricule-compact': '**auricule**, then `compact`',
    'fts5-stem': 'SQLite FTS5, French stems', 'fts5-unicode': 'SQLite FTS5, unicode61, no stems',
    'xapian': 'Xapian, French stems (STEM_ALL)', 'xapian-termfreq': 'Xapian, kept statistic of a term',
    'groonga': 'Groonga, French stems', 'hyperscan': 'Hyperscan, on the text',
    'auricule-index': '**auricule**, re-theming the index', 'auricule-text': '**auricule**, on the text',
}
CLASSES = {
    't_rare': 'rare word, count', 't_mid': 'middling word, count', 't_freq': 'frequent word, count',
    'and2': 'AND of 2', 'or5': 'OR of 5', 'ph2': 'phrase of 2', 'ph3': 'phrase of 3', 'prefix': 'prefix',
    'facet': 'word within one session', 'group': 'by session, middling word', 'groupf': 'by session, frequent word',
    'top10': 'best 10 with texts, 2 middling words', 'top10f': 'best 10 with texts, frequent word',
    'kwic': '100 concordance lines',
}


def note(text):
    print('bench: ' + text, file=sys.stderr, flush=True)


def run(command, env=None, output=subprocess.DEVNULL):
    """Runs a command to its end; returns its wall and processor seconds and its peak memory in MB (10^6 bytes)."""
    begin = time.monotonic()
    process = subprocess.Popen(command, stdout=output, stderr=subprocess.PIPE, env={**os.environ, **(env or {})})
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.monotonic() - begin
    if process.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}: ended with {process.returncode}: {errors.decode(errors='replace')[-400:]}")
    return {'wall': wall, 'cpu': usage.ru_utime + usage.ru_stime, 'peak': usage.ru_maxrss * 1024 / 1e6}


def files_under(path):
    if os.path.isfile(path):
        return [path]
    return [os.path.join(folder, name) for folder, _, names in os.walk(path) for name in names]


def disk_mb(path):
    os.sync()
    return sum(os.stat(f).st_blocks * 512 for f in files_under(path)) / 1e6


def remove(path):
    if os.path.isdir(path):
        shutil.rmtree(path)
    elif os.path.exists(path):
        os.remove(path)


def forget(path):
    """Drops the files from the page cache, so that the next reader finds the disk."""
    os.sync()
    for name in files_under(path):
        fd = os.open(name, os.O_RDONLY)
        os.posix_fadvise(fd, 0, 0, os.POSIX_FADV_DONTNEED)
        os.close(fd)


def median(values):
    return statistics.median(values)


class Engine:
    """One way to index and to ask: the commands that do it."""

    def __init__(self, name, bench, options):
        self.name = name
        self.bench = bench
        self.o = options

    def path(self, size):
        return f'{self.o.work}/index/{self.name}-{size}'

    def corpus(self, size):
        return f'{self.o.corpus}/{size}.tsv'

    def clear(self, size):
        os.makedirs(f'{self.o.work}/index', exist_ok=True)
        remove(self.path(size))

    def there(self):
        return all(os.path.exists(program) for program in self.programs())

    def programs(self):
        return [f'{self.o.work}/bin/{self.bench}']

    def index(self, size):
        return [self.programs()[0], 'index', self.corpus(size), self.path(size)]

    def query(self, size, queries):
        return [self.programs()[0], 'query', self.path(size), queries]

    def first(self, size, word):
        return [self.programs()[0], 'first', self.path(size), word]

    def env(self):
        return {}


class Fts5(Engine):
    def __init__(self, mode, options):
        super().__init__('fts5-' + mode, 'fts5_bench', options)
        self.mode = mode

    def index(self, size):
        return super().index(size) + [self.mode]

    def query(self, size, queries):
        return super().query(size, queries) + [self.mode]

    def first(self, size, word):
        return super().first(size, word) + [self.mode]

    def env(self):
        return {'FTS5_HASHSIZE': str(256 << 20)}  # of all its settings the one that pays most


class Groonga(Engine):
    def clear(self, size):
        super().clear(size)
        os.makedirs(self.path(size))

    def index(self, size):
        return [self.programs()[0], 'index', self.corpus(size), self.path(size) + '/db']

    def query(self, size, queries):
        return [self.programs()[0], 'query', self.path(size) + '/db', queries]

    def first(self, size, word):
        return [self.programs()[0], 'first', self.path(size) + '/db', word]


class Auricule(Engine):
    def __init__(self, threads, options, compact=False):
        super().__init__('auricule-compact' if compact else 'auricule' if threads == 1 else f'auricule-{threads}', None, options)
        self.threads, self.compact = threads, compact

    def programs(self):
        return [f'{self.o.build}/auricule']

    def there(self):
        """The program is built and knows the verb."""
        if not super().there():
            return False
        done = subprocess.run(self.programs() + ['ingest', '--help'], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        return done.returncode == 0 and bool(done.stdout)

    def index(self, size):
        ingest = self.programs() + ['ingest', '-d', self.path(size), '--threads', str(self.threads),
                                    f'{self.o.corpus}/{size}.csv.tsv']
        return ['sh', '-c', '"$@" && "$1" compact -d "$4"', 'sh'] + ingest if self.compact else ingest

    def query(self, size, queries):
        return [f'{self.o.build}/tests/bench/query_bench', self.path(size), queries]

    def first(self, size, word):
        return self.programs() + ['search', '-d', self.path(size), '--count', word]


# --- the parts -------------------------------------------------------------------------------------------------------
def in_turn(o, engines, size, results, disk=True):
    """Indexes `size` with each engine in turn, o.runs times."""
    for i in range(o.runs):
        for engine in engines:
            note(f'ingest {size}: {engine.name}, run {i + 1} of {o.runs}')
            engine.clear(size)
            entry = results.setdefault(engine.name, {})
            if i == 0:
                entry['runs'] = []
            entry['runs'].append(run(engine.index(size), engine.env()))
            if disk and i == o.runs - 1:
                entry['disk'] = disk_mb(engine.path(size))


def part_floors(o, engines, results):
    program = f'{o.work}/bin/floors'
    if not os.path.exists(program):
        return
    out = subprocess.run([program, f'{o.corpus}/{o.size}.txt'], stdout=subprocess.PIPE, check=True, text=True,
                         env={**os.environ, 'BENCH_RUNS': str(o.runs)}).stdout
    results['steps'] = [line.split('\t') for line in out.splitlines()]


def part_ingest(o, engines, results):
    in_turn(o, engines, o.size, results)


def part_growth(o, engines, results):
    for size in SIZES:
        if SIZES[size] < SIZES[o.size]:
            in_turn(o, [e for e in engines if e.name not in ('fts5-unicode', 'auricule-compact')], size, results.setdefault(size, {}))


def part_open(o, engines, results):
    """A process that opens the corpus, answers one query and ends; then the same when nothing is in memory."""
    with open(o.query_file, encoding='utf-8') as f:
        words = [line.split('\t')[1].strip() for line in f if line.startswith('t_mid\t')][:o.runs]
    for engine in engines:
        if not os.path.exists(engine.path(o.size)):
            continue
        note(f'open: {engine.name}')
        warm, cold = [], []
        for word in words:
            run(engine.first(o.size, word), engine.env())
            warm.append(run(engine.first(o.size, word), engine.env()))
            forget(engine.path(o.size))
            cold.append(run(engine.first(o.size, word), engine.env()))
        results[engine.name] = {'warm': warm, 'cold': cold}


def part_query(o, engines, results):
    counts = f'{o.work}/counts-{o.size}'
    os.makedirs(counts, exist_ok=True)
    for engine in engines:
        command = engine.query(o.size, o.query_file)
        if not os.path.exists(engine.path(o.size)) or not os.path.exists(command[0]):
            note(f'query: {engine.name} left out: nothing indexed, or no program')
            continue
        note(f'query: {engine.name}')
        env = {**os.environ, **engine.env(), 'BENCH_RUNS': str(o.runs), 'BENCH_QUERIES': str(o.queries),
               'BENCH_COUNTS': counts}
        out = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True, env=env).stdout
        for line in out.splitlines():
            name, cls, n, p50, p99, mean, hits = line.split('\t')
            name = engine.name if isinstance(engine, Auricule) else name
            results.setdefault(name, {})[cls] = {'n': int(n), 'p50': float(p50), 'p99': float(p99), 'mean': float(mean),
                                                 'hits': float(hits)}


def part_agree(o, engines, results):
    """How often two engines count the same, query by query, and by how much they differ in all."""
    tables = {}
    folder = f'{o.work}/counts-{o.size}'
    for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
        if name == 'xapian-termfreq.tsv':
            continue
        with open(f'{folder}/{name}', encoding='utf-8') as f:
            rows = [line.rstrip('\n').split('\t') for line in f]
        tables[name[:-len('.tsv')]] = {tuple(r[:3]): int(r[3]) for r in rows}
    base = tables.get('auricule') or tables.get('fts5-stem')
    if not base:
        return
    results['against'] = 'auricule' if 'auricule' in tables else 'fts5-stem'
    results['pairs'] = {}
    for name, table in tables.items():
        if table is base:
            continue
        per = {}
        for key, count in table.items():
            if key[0] in ('top10', 'top10f', 'kwic') or key not in base or count < 0 or base[key] < 0:
                continue
            entry = per.setdefault(key[0], [0, 0, 0, 0])
            entry[0] += 1
            entry[1] += count == base[key]
            entry[2] += count
            entry[3] += base[key]
        results['pairs'][name] = per


def pipeline_of(o, name):
    """A pipeline with the phrases of NAME as its only lexicon, and nobody who looks for negations: Hyperscan does not."""
    with open(f'{o.source}/../../lexicons/pipeline.xml', encoding='utf-8') as f:
        text = re.sub(r'<annotator\b.*</annotator>|<annotator\b[^>]*/>', '', f.read(), flags=re.S)
    path = f'{o.work}/match-{o.size}/{name}-pipeline.xml'
    with open(path, 'w', encoding='utf-8') as f:
        f.write(text.replace('<stance', '<annotator plugin="annotate-lexicon"><set key="lexicon" '
                             f'value="{o.work}/match-{o.size}/{name}.xml"/></annotator>\n  <stance', 1))
    return path


def scanned(o, command):
    """What hs_bench and match_bench print."""
    out = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True,
                         env={**os.environ, 'BENCH_RUNS': str(o.runs)}).stdout.rstrip('\n').split('\t')
    return {'patterns': int(out[1]), 'compile': float(out[2]), 'mb': float(out[3]),
            'seconds': [float(x) for x in out[4:4 + 2 * o.runs:2]], 'rates': [float(x) for x in out[5:5 + 2 * o.runs:2]],
            'hits': int(out[4 + 2 * o.runs])}


def part_match(o, engines, results):
    """Lexicons of 1,000 and of 100,000 phrases: Hyperscan over the text, auricule over the text and over its index."""
    hs, ours = f'{o.work}/bin/hs_bench', f'{o.build}/tests/bench/match_bench'
    text = f'{o.work}/match-{o.size}/lower.txt'
    results['text'] = os.path.getsize(text) / 1e6
    auricule = [e for e in engines if e.name == 'auricule'] if os.path.exists(ours) else []
    for engine in auricule:
        if not os.path.exists(engine.path(o.size)):
            note(f'match: indexing {o.size}')
            engine.clear(o.size)
            run(engine.index(o.size))
    for name in ('pat1k', 'pat100k', 'shipped'):
        if name != 'shipped' and 'hyperscan' in o.peers and os.path.exists(hs):
            note(f'match: hyperscan, {name}')
            results.setdefault('hyperscan', {})[name] = scanned(o, [hs, f'{o.work}/match-{o.size}/{name}.txt', text])
        for engine in auricule:
            pipeline = pipeline_of(o, name) if name != 'shipped' else f'{o.source}/../../lexicons/pipeline.xml'
            for key, mode, what in (('auricule-index', 'index', engine.path(o.size)),
                                    ('auricule-text', 'text', f'{o.corpus}/{o.size}.txt')):
                note(f'match: {key}, {name}')
                results.setdefault(key, {})[name] = scanned(o, [ours, mode, pipeline, what])


# --- what the machine is ---------------------------------------------------------------------------------------------
def machine(o):
    def first_of(path, start):
        try:
            with open(path, encoding='utf-8') as f:
                return next((line.split(':', 1)[1].strip() for line in f if line.startswith(start)), '?')
        except OSError:
            return '?'

    def version(package):
        done = subprocess.run(['dpkg-query', '-W', '-f', '${Version}', package], stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, text=True)
        return done.stdout if done.returncode == 0 else None

    system = '?'
    with open('/etc/os-release', encoding='utf-8') as f:
        for line in f:
            if line.startswith('PRETTY_NAME='):
                system = line.split('=', 1)[1].strip().strip('"')
    kind = subprocess.run(['stat', '-f', '-c', '%T', o.work], stdout=subprocess.PIPE, text=True).stdout.strip()
    packages = ['libsqlite3-0', 'libxapian30', 'libgroonga0', 'libhyperscan5', 'libstemmer0d', 'liblmdb0', 'gcc']
    return {
        'processor': first_of('/proc/cpuinfo', 'model name'), 'cores': os.cpu_count(),
        'memory': round(os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 1e9), 'system': system,
        'kernel': platform.release().split('-')[0], 'files': kind,
        'packages': {p: version(p) for p in packages if version(p)},
    }


def busy():
    """Ticks since boot: all, not idle, and taken by other guests of the host."""
    with open('/proc/stat', encoding='utf-8') as f:
        ticks = [int(x) for x in f.readline().split()[1:9]]
    return sum(ticks), sum(ticks) - ticks[3] - ticks[4], ticks[7]


# --- the tables ------------------------------------------------------------------------------------------------------
def ratio(value, ours):
    return f'{value / ours:.1f}' if ours else ''


def of(runs, key):
    return median([r[key] for r in runs])


def number(value, digits=1):
    return f'{value:,.{digits}f}'


def us(value):
    return number(value, 0 if value >= 100 else 1)


def table(head, rows):
    lines = ['| ' + ' | '.join(head) + ' |', '|' + '|'.join('---' if i == 0 else '---:' for i in range(len(head))) + '|']
    return lines + ['| ' + ' | '.join(row) + ' |' for row in rows] + ['']


def write_ingest(results, size):
    rows = []
    ours = results.get('auricule')
    wall = of(ours['runs'], 'wall') if ours else None
    cpu = of(ours['runs'], 'cpu') if ours else None
    for name, entry in sorted(results.items(), key=lambda x: of(x[1]['runs'], 'wall')):
        runs = entry['runs']
        seconds = of(runs, 'wall')
        rows.append([NAMES[name], number(seconds, 2), ratio(seconds, wall), number(of(runs, 'cpu'), 2),
                     ratio(of(runs, 'cpu'), cpu), number(of(runs, 'peak'), 0), number(entry['disk'], 0),
                     ratio(entry['disk'], ours['disk'] if ours else None)])
    return [f'### Ingestion of {SIZES[size]:,} contributions', ''] + table(
        ['', 'seconds', 'ratio', 'processor s', 'ratio', 'peak MB', 'disk MB', 'ratio'], rows)


def write_growth(results, ingest, size):
    sizes = [s for s in SIZES if s in results] + [size]
    per = {s: results.get(s, {}) if s != size else ingest for s in sizes}
    names = [n for n in ingest if all(n in per[s] for s in sizes)]
    rows = [[NAMES[n]] + [number(of(per[s][n]['runs'], 'wall'), 2) for s in sizes]
            + [number(of(per[s][n]['runs'], 'wall') / SIZES[s] * 1e6, 1) for s in sizes] for n in names]
    return ['### Growth', ''] + table(
        [''] + [f'{s}, s' for s in sizes] + [f'{s}, µs each' for s in sizes], rows)


def write_open(results):
    rows = [[NAMES[n], number(of(r['warm'], 'cpu') * 1e3, 1), number(of(r['warm'], 'wall') * 1e3, 1),
             number(of(r['cold'], 'wall') * 1e3, 1)] for n, r in results.items()]
    return ['### Opening and a first query, a process each time', ''] + table(
        ['', 'processor ms', 'wall ms', 'wall ms, nothing cached'], rows)


def write_query(results):
    names = [n for n in NAMES if n in results and n != 'xapian-termfreq']
    rows = []
    for cls, title in CLASSES.items():
        row = [title]
        best = min((results[n][cls]['p50'] for n in names if not n.startswith('auricule') and cls in results[n]),
                   default=None)
        for n in names:
            r = results[n].get(cls)
            row.append(f"{us(r['p50'])} / {us(r['p99'])}" if r else '')
        ours = results.get('auricule-compact', results.get('auricule', {})).get(cls)
        rows.append(row + [f"{best / ours['p50']:.1f}" if ours and best else ''])
    kept = results.get('xapian-termfreq')
    lines = ['### Queries: p50 / p99 in microseconds', ''] + table(
        [''] + [NAMES[n] for n in names] + ['best peer ÷ ours, compacted' if 'auricule-compact' in results else 'best peer ÷ ours'], rows)
    if kept:
        lines += ['Xapian keeps the count of each term; a caller who asks for that statistic and no query gets it in '
                  + ', '.join(f"{us(r['p50'])} µs ({CLASSES[c]})" for c, r in kept.items()) + '.', '']
    return lines


def write_agree(results):
    lines = [f"### Counts against {NAMES[results['against']]}", '']
    names = list(results['pairs'])
    rows = []
    for cls, title in CLASSES.items():
        row = [title]
        for n in names:
            e = results['pairs'][n].get(cls)
            row.append(f'{e[1]}/{e[0]} ({100 * (e[2] - e[3]) / e[3]:+.1f} %)' if e and e[3] else '')
        if any(row[1:]):
            rows.append(row)
    return lines + ['Queries with the same count, and the difference of all counts together.', ''] + table(
        [''] + [NAMES[n] for n in names], rows)


def write_match(results):
    if 'text' not in results:  # of a bench before it measured auricule
        return []
    rows = []
    for lexicon in ('pat1k', 'pat100k', 'shipped'):
        peer = results.get('hyperscan', {}).get(lexicon)
        for name in ('auricule-index', 'auricule-text', 'hyperscan'):
            r = results.get(name, {}).get(lexicon)
            if not r:
                continue
            seconds = median(r['seconds'])
            rows.append([NAMES[name], f"{r['patterns']:,}" + (' (shipped)' if lexicon == 'shipped' else ''), number(r['compile'], 2),
                         number(seconds, 3), number(results['text'] / seconds, 0),
                         number(median(r['rates']), 1) if name != 'hyperscan' else '', f"{r['hits']:,}",
                         number(median(peer['seconds']) / seconds, 2) if peer and r is not peer else ''])
    return ['### Lexicons, on one thread, in processor seconds', ''] + table(
        ['', 'entries', 'compile s', 'scan s', 'MB of text/s', 'M tokens/s', 'hits', 'Hyperscan ÷ ours'], rows)


def write_floors(results):
    rows = [[name, number(float(seconds) * 1e3, 2), rate, unit + '/s'] for name, seconds, rate, unit in results['steps']]
    return ['### What this machine allows, on one thread', ''] + table(['', 'ms', 'rate', ''], rows)


def plot(ingest, growth, size, path):
    """Seconds against contributions, both in decades: what grows in a straight line runs along the diagonals."""
    import math
    sizes = [s for s in SIZES if s in growth] + [size]
    per = {s: growth.get(s, {}) if s != size else ingest for s in sizes}
    names = [n for n in ingest if all(n in per[s] for s in sizes)]
    seconds = {n: [of(per[s][n]['runs'], 'wall') for s in sizes] for n in names}
    low = math.floor(math.log10(min(min(v) for v in seconds.values())))
    high = math.ceil(math.log10(max(max(v) for v in seconds.values())))
    width, height, left, top = 640, 400, 60, 20
    step_x = (width - left - 190) / max(1, len(sizes) - 1)
    step_y = (height - top - 50) / (high - low)

    def y(value):
        return top + (high - math.log10(value)) * step_y

    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" '
           'font-size="12" role="img"><title>Seconds to ingest, by number of contributions</title>',
           f'<rect width="{width}" height="{height}" fill="#fff"/>']
    for d in range(low, high + 1):
        out.append(f'<path d="M{left} {y(10 ** d):.1f}H{left + step_x * (len(sizes) - 1):.0f}" stroke="#ddd"/>'
                   f'<text x="{left - 6}" y="{y(10 ** d) + 4:.1f}" text-anchor="end">{10 ** d:g} s</text>')
    for i, s in enumerate(sizes):
        out.append(f'<text x="{left + i * step_x:.0f}" y="{height - 25}" text-anchor="middle">{SIZES[s]:,}</text>')
    out.append(f'<text x="{left + step_x * (len(sizes) - 1) / 2:.0f}" y="{height - 8}" text-anchor="middle">'
               'contributions</text>')
    ends = []
    for n in sorted(names, key=lambda n: seconds[n][-1]):
        ours = n.startswith('auricule')
        points = ' '.join(f'{left + i * step_x:.1f},{y(v):.1f}' for i, v in enumerate(seconds[n]))
        out.append(f'<polyline points="{points}" fill="none" stroke="{"#b3002d" if ours else "#555"}" '
                   f'stroke-width="{3 if ours else 1.5}"/>')
        at = y(seconds[n][-1]) + 4
        if ends and ends[-1] - at < 14:  # labels must not lie on each other
            at = ends[-1] - 14
        ends.append(at)
        out.append(f'<text x="{left + step_x * (len(sizes) - 1) + 8:.0f}" y="{at:.1f}"'
                   f'{" font-weight=%sbold%s" % (chr(34), chr(34)) if ours else ""}>'
                   f'{NAMES[n].replace("*", "").split(" (")[0]}</text>')
    with open(path, 'w', encoding='utf-8') as f:
        f.write('\n'.join(out) + '\n</svg>\n')


def write(o, kept):
    """The tables of everything that was measured at this size."""
    m = kept['machine']
    done = kept.get(o.size, {})
    lines = [f"Machine: {m['processor']}, {m['cores']} cores, {m['memory']} GB, {m['files']}; {m['system']}, Linux "
             f"{m['kernel']}; " + ', '.join(f'{p} {v}' for p, v in m['packages'].items()) + '.', '']
    for part in PARTS:
        if part in done:
            when = done[part]['when']
            lines.append(f"{part}: {when['date']}, runs: {when['runs']}, processor busy {when['busy']} %, taken by other "
                         f"guests of the host {when['steal']} %.  ")
    lines.append('')
    data = {part: done[part]['data'] for part in done}
    if data.get('floors'):
        lines += write_floors(data['floors'])
    if data.get('ingest'):
        lines += write_ingest(data['ingest'], o.size)
    if data.get('growth') and data.get('ingest'):
        lines += write_growth(data['growth'], data['ingest'], o.size)
        plot(data['ingest'], data['growth'], o.size, f'{o.work}/growth-{o.size}.svg')
    if data.get('open'):
        lines += write_open(data['open'])
    if data.get('query'):
        lines += write_query(data['query'])
    if data.get('agree'):
        lines += write_agree(data['agree'])
    if data.get('match'):
        lines += write_match(data['match'])
    text = '\n'.join(lines)
    with open(f'{o.work}/results-{o.size}.md', 'w', encoding='utf-8') as f:
        f.write(text)
    print(text)
    note(f'these tables: {o.work}/results-{o.size}.md; every run: {o.work}/results.json')


def main():
    p = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    for name in ('source', 'build', 'work', 'corpus'):
        p.add_argument('--' + name, required=True)
    p.add_argument('--size', choices=SIZES, default='1m')
    p.add_argument('--runs', type=int, default=5)
    p.add_argument('--queries', type=int, default=300)
    p.add_argument('--parts', default=' '.join(PARTS))
    p.add_argument('--peers', default=' '.join(PEERS))
    o = p.parse_args()
    o.peers = o.peers.split()
    o.query_file = f'{o.work}/q{o.size}.tsv'
    unknown = set(o.parts.split()) - set(PARTS) - {'none'} | set(o.peers) - set(PEERS) - {'none'}
    if unknown or o.runs < 1:
        p.error('unknown: ' + ' '.join(sorted(unknown)))

    ours = [Auricule(1, o), Auricule(2, o), Auricule(1, o, compact=True)]
    if not ours[0].there():
        note('auricule is not built, or has no verb « ingest »: only its peers are measured')
        ours = []
    peers = [e for e in (Fts5('stem', o), Fts5('unicode', o), Engine('xapian', 'xapian_bench', o),
                         Groonga('groonga', 'groonga_bench', o)) if e.name in o.peers and e.there()]
    engines = ours + peers

    path = f'{o.work}/results.json'
    kept = {}
    if os.path.exists(path):
        with open(path, encoding='utf-8') as f:
            kept = json.load(f)
    kept['machine'] = machine(o)
    done = kept.setdefault(o.size, {})
    for part in PARTS:
        if part not in o.parts.split():
            continue
        before = busy()
        results = done.get(part, {}).get('data', {})  # a part may be measured engine by engine
        who = [e for e in engines if e.name != 'auricule-2'] if part in ('open', 'query') else engines
        globals()['part_' + part](o, who, results)
        after = busy()
        ticks = max(1, after[0] - before[0])
        done[part] = {'data': results, 'when': {
            'date': time.strftime('%Y-%m-%d'), 'runs': o.runs, 'busy': round(100 * (after[1] - before[1]) / ticks),
            'steal': round(100 * (after[2] - before[2]) / ticks)}}
        with open(path, 'w', encoding='utf-8') as f:
            json.dump(kept, f, indent=1)
    write(o, kept)


main()
