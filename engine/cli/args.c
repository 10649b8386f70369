/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "cli/cli.h"
#include "query/query.h"

static int opt_index(const aur_verb *v, const char *name)
{
	for (int i = 0; v->opts && v->opts[i].name; i++)
		if (!strcmp(v->opts[i].name, name))
			return i;
	return -1;
}

const char *aur_arg(const aur_args *a, const char *name)
{
	int i = opt_index(a->verb, name);
	return i < 0 ? NULL : a->value[i];
}

const char *aur_arg_nth(const aur_args *a, const char *name, unsigned n)
{
	int o = opt_index(a->verb, name);
	for (unsigned i = 0; i < a->nmany; i++)
		if (a->many_opt[i] == o && n-- == 0)
			return a->many[i];
	return NULL;
}

const char *aur_arg_joined(const aur_args *a, const char *name)
{
	static aur_buf b;
	const char *v;
	b.n = 0;
	for (unsigned i = 0; (v = aur_arg_nth(a, name, i)); i++)
		aur_buf_printf(&b, "%s%s", i ? "," : "", v);
	return b.n || aur_arg(a, name) ? aur_buf_cstr(&b) : NULL;
}

int aur_arg_sub(const aur_args *a, const aur_sub *sub, size_t n)
{
	const char *verb = a->verb->name, *name = a->arg[0];
	for (size_t i = 0; i < n; i++) {
		if (strcmp(sub[i].name, name))
			continue;
		aur_args b = *a;
		b.arg++;
		b.narg--;
		if (b.narg < sub[i].min)
			return aur_usage(a, _("something is missing after « %s %s »"), verb, name);
		if (sub[i].max >= 0 && b.narg > sub[i].max)
			return aur_usage(a, _("« %s » is one word too many after « %s %s »"), b.arg[sub[i].max], verb, name);
		return sub[i].run(&b);
	}
	aur_str names[16];
	for (size_t i = 0; i < n && i < 16; i++)
		names[i] = (aur_str){sub[i].name, strlen(sub[i].name)};
	uint32_t best = aur_query_nearest((aur_str){name, strlen(name)}, names, n < 16 ? (uint32_t)n : 16);
	if (best != AUR_NONE)
		return aur_usage(a, _("there is no « %s %s »: did you mean « %s »?"), verb, name, names[best].ptr);
	return aur_usage(a, _("there is no « %s %s »"), verb, name);
}

int aur_arg_settings(const aur_args *a, aur_config *c)
{
	const char *v;
	for (unsigned i = 0; (v = aur_arg_nth(a, "set", i)); i++) {
		const char *eq = strchr(v, '=');
		if (!eq || eq == v)
			return aur_usage(a, _("--set takes KEY=VALUE, not « %s »"), v);
		char *key = aur_xstrndup(v, (size_t)(eq - v));
		aur_config_set(c, key, eq + 1);
		free(key);
	}
	return 0;
}

int aur_usage(const aur_args *a, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	fputs("auricule: ", stderr);
	aur_vshowf(stderr, fmt, ap);
	va_end(ap);
	if (a && a->verb)
		fprintf(stderr, _("\nSee: auricule %s --help\n"), a->verb->name);
	else
		fputs(_("\nSee: auricule --help\n"), stderr);
	return EXIT_USAGE;
}

int aur_not_input(const aur_args *a, const char *opt, const char *input)
{
	const char *path = aur_arg(a, opt);
	struct stat out, in;
	if (!path || stat(path, &out) || !S_ISREG(out.st_mode) || stat(input, &in) || out.st_dev != in.st_dev || out.st_ino != in.st_ino)
		return 0;
	return aur_usage(a, _("--%s %s names one of the files to read: name another one"), opt, path);
}

static aur_error last;

void aur_say_error(const aur_error *e)
{
	char buf[1200];
	aur_say("auricule: %s", aur_error_format(e, buf, sizeof buf));
}

int aur_failed(const aur_error *e)
{
	last = *e;
	aur_say_error(e);
	return e->code == AURE_USAGE ? EXIT_USAGE : EXIT_FAILED;
}

int aur_failed_with(const aur_error *e)
{
	return !strcmp(e->text, last.text);
}

static void say(const char *fmt, va_list ap)
{
	aur_vshowf(stderr, fmt, ap);
	fputc('\n', stderr);
}

void aur_say(const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	say(fmt, ap);
	va_end(ap);
}

static int quiet;

int aur_quiet(void)
{
	return quiet;
}

void aur_hush(void)
{
	quiet = 1;
}

void aur_remark(const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	if (!quiet)
		say(fmt, ap);
	va_end(ap);
}

long long aur_arg_int(const aur_args *a, const char *name, long long dflt, long long min, long long max)
{
	const char *s = aur_arg(a, name);
	char *end;
	if (!s)
		return dflt;
	long long v = strtoll(s, &end, 10);
	if (!*s || *end || v < min || v > max)
		exit(aur_usage(a, _("--%s takes a whole number from %lld to %lld, not « %s »"), name, min, max, s));
	return v;
}

size_t aur_arg_memory(const aur_args *a)
{
	const char *s = aur_arg(a, "memory");
	char *end;
	if (!s)
		return (size_t)256 << 20;
	double v = strtod(s, &end);
	double unit = *end == 'G' || *end == 'g' ? 1 << 30 : *end == 'M' || *end == 'm' ? 1 << 20 : *end == 'K' || *end == 'k' ? 1 << 10 : 1;
	if (*end && (unit == 1 || (end[1] && strcmp(end + 1, "iB") && strcmp(end + 1, "o") && strcmp(end + 1, "B") && strcmp(end + 1, "io"))))
		exit(aur_usage(a, _("--memory takes a size such as 256M or 1G, not « %s »"), s));
	if (v * unit > 1e13 || v * unit > (double)(SIZE_MAX / 4 + 1)) /* 1G still, where sizes have 32 bits */
		exit(aur_usage(a, _("--memory is too large: « %s »"), s));
	if (!(v * unit >= 16 << 20))
		exit(aur_usage(a, _("--memory must be at least 16M, not « %s »"), s));
	return (size_t)(v * unit);
}

const char *aur_arg_corpus(const aur_args *a)
{
	const char *s = aur_arg(a, "corpus"), *env = getenv("AURICULE_CORPUS");
	if (s && !*s) /* a variable of the shell that is not set: the folder meant is none that is guessed */
		exit(aur_usage(a, _("--%s needs a value: %s"), "corpus", _("DIR")));
	return s ? s : env && *env ? env : "./auricule.corpus";
}

aur_format aur_arg_format(const aur_args *a)
{
	const char *f = aur_arg(a, "format");
	if (!f)
		return isatty(STDOUT_FILENO) ? FMT_TABLE : FMT_CSV;
	static const char *const names[] = {"table", "csv", "json", "jsonl", "conllu"};
	int tokens = !strcmp(a->verb->name, "tokens");
	for (int i = 0; i < 4 + tokens; i++)
		if (!strcmp(f, names[i]))
			return (aur_format)i;
	if (tokens)
		exit(aur_usage(a, _("--format takes table, csv, json, jsonl or conllu, not « %s »"), f));
	exit(aur_usage(a, _("--format takes table, csv, json or jsonl, not « %s »"), f));
}

aur_code aur_open_corpus(const aur_args *a, aur_snapshot **s, aur_error *err)
{
	aur_code c = aur_snapshot_open(aur_arg_corpus(a), s, err);
	if (!c) {
		aur_totals t;
		aur_snapshot_watch(*s, a->met);
		aur_snapshot_totals(*s, &t);
		if (!t.contributions)
			aur_remark(_("%s holds no contribution: « auricule ingest -d %s FILE » reads some into it"), aur_arg_corpus(a), aur_typed(aur_arg_corpus(a)));
	}
	return c;
}

aur_code aur_open_chain(aur_snapshot *s, int what, aur_chain **c, aur_error *err)
{
	return aur_chain_kept(NULL, aur_snapshot_meta(s, "pipeline"), what, c, err);
}
