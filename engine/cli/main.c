/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <fcntl.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlmemory.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>
#include "cli/cli.h"
#include "cli/outfile.h"
#include "cli/verbs.h"
#include "query/query.h"
#include "text/fold.h"

/* A new verb: its file, a line in verbs.h and a line here. */
static const aur_verb *const verbs[] = {&verb_ingest, &verb_annotate, &verb_tokens, &verb_themes, &verb_explain, &verb_search, &verb_kwic, &verb_frequencies, &verb_specificities, &verb_cooccurrences, &verb_export, &verb_irritants, &verb_report, &verb_verify, &verb_evaluate, &verb_lexicon, &verb_info, &verb_plugin, &verb_check, &verb_compact, &verb_erase, &verb_retheme, NULL};

/* A line of help, begun in column `at`, goes on under `indent` where it would pass the 80th; no mark stands alone at a line's start. */
static void wrapped(const char *s, size_t at, size_t indent)
{
	for (int first = 1; *s; first = 0) {
		size_t n = strcspn(s, " "), more;
		while (s[n] && s[n + 1] && (strchr(":;?!|", s[n + 1]) || !strncmp(s + n + 1, "»", 2) || (n > 1 && !strncmp(s + n - 2, "«", 2))))
			n += 1 + strcspn(s + n + 1, " ");
		more = aur_text_width(s, n);
		if (!first && at + 1 + more > 80)
			printf("\n%*s", (int)(at = indent), "");
		else if (!first)
			putchar(' '), at++;
		fwrite(s, 1, n, stdout);
		at += more;
		s += n + (s[n] == ' ');
	}
	putchar('\n');
}

static void help(void)
{
	puts(_("auricule: text analytics for what people say in workshops and surveys\n\nusage: auricule VERB [OPTION…] …\n"));
	for (int i = 0; verbs[i]; i++)
		printf("  %-14s ", verbs[i]->name), wrapped(_(verbs[i]->summary), 17, 17);
	puts(_("\nauricule VERB --help says more.  A first try:\n"
	       "  auricule ingest -d atelier.corpus verbatims.csv\n"
	       "  auricule themes -d atelier.corpus\n"
	       "Exit status: 0 done, 1 failed (the message says what to do), 2 wrong usage."));
}

/* The options that every verb takes, and main acts upon. */
static const aur_opt common[] = {{"quiet", 'q', NULL, N_("results and errors only: no progress, no summary, no notes")},
				 {"help", 'h', NULL, N_("this help")},
				 {NULL, 0, NULL, NULL}};

static void opts_help(const aur_opt *opts, int first)
{
	for (int i = 0; opts && opts[i].name; i++) {
		const aur_opt *o = &opts[i];
		char left[80];
		snprintf(left, sizeof left, "%s%c%s --%s%s%s", o->letter ? "-" : " ", o->letter ? o->letter : ' ', o->letter ? "," : " ", o->name,
			 o->arg ? " " : "", o->arg ? _(o->arg) : "");
		size_t w = aur_text_width(left, strlen(left));
		printf("%s  %s%*s ", i || !first ? "" : "\n", left, w < 28 ? (int)(28 - w) : 1, "");
		wrapped(_(o->help), w < 28 ? 31 : w + 4, 31);
	}
}

static void verb_help(const aur_verb *v)
{
	aur_buf head = {0};
	aur_buf_printf(&head, _("usage: auricule %s %s\n\n%s\n"), v->name, _(v->args), _(v->summary));
	for (char *line = aur_buf_cstr(&head), *end; (end = strchr(line, '\n')); line = end + 1) {
		*end = 0;
		wrapped(line, 0, line == (char *)head.p ? 4 : 0);
	}
	aur_buf_free(&head);
	opts_help(v->opts, 1);
	opts_help(common, 0);
}

/* Every verb and option, separated by tabs: doc/man.sh makes that part of the manual out of it. */
static void help_all(void)
{
	for (int i = 0; verbs[i]; i++) {
		const aur_verb *v = verbs[i];
		printf("verb\t%s\t%s\t%s\n", v->name, _(v->args), _(v->summary));
		for (const aur_opt *o = v->opts; o && o->name; o++)
			printf("option\t%.*s\t%s\t%s\t%s\n", o->letter != 0, &o->letter, o->name, o->arg ? _(o->arg) : "", _(o->help));
	}
}

static int asks(const aur_verb *v)
{
	return v->max_args == 1 && strstr(v->args, "QUERY");
}

/* -bus is -b us to the program, and a word to leave out to whoever wrote it. */
static int like_a_word(const char *s)
{
	for (s++; *s; s++)
		if (!((*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z') || (unsigned char)*s >= 0x80))
			return 0;
	return 1;
}

/* The verb and the corpus that was named, so that what is proposed can be run as it stands. */
static const char *so_far(const aur_args *a)
{
	static char buf[5000];
	const char *corpus = aur_arg(a, "corpus");
	snprintf(buf, sizeof buf, "%s%s%s", a->verb->name, corpus && *corpus ? " -d " : "", corpus && *corpus ? corpus : "");
	return buf;
}

static void glued_hint(const aur_args *a)
{
	const char *name = a->verb->opts[a->glued_opt].name, *verb = so_far(a);
	if (a->narg)
		aur_say(_("« %s » was read as --%s %s; if it is a word of the query, write all of it between apostrophes: auricule %s '%s %s'"), a->glued, name,
			a->glued + 2, verb, a->arg[0], a->glued);
	else
		aur_say(_("« %s » was read as --%s %s; if it is the query, write -- before it: auricule %s -- %s"), a->glued, name, a->glued + 2, verb, a->glued);
}

/* « --lmit »: the name that was meant, most likely; NULL: none is near. */
static const char *meant_option(const aur_verb *v, const char *s)
{
	aur_str name[64];
	uint32_t n = 0;
	for (const aur_opt *o = v->opts; o && o->name && n < 62; o++)
		name[n++] = (aur_str){o->name, strlen(o->name)};
	for (const aur_opt *o = common; o->name; o++)
		name[n++] = (aur_str){o->name, strlen(o->name)};
	uint32_t best = s[1] == '-' ? aur_query_nearest((aur_str){s + 2, strcspn(s + 2, "=")}, name, n) : AUR_NONE;
	return best == AUR_NONE ? NULL : name[best].ptr;
}

static const char *meant_verb(const char *s)
{
	aur_str name[64];
	uint32_t n = 0;
	for (; n < 64 && verbs[n]; n++)
		name[n] = (aur_str){verbs[n]->name, strlen(verbs[n]->name)};
	uint32_t best = aur_query_nearest(aur_str_of(s), name, n);
	return best == AUR_NONE ? NULL : name[best].ptr;
}

/* The option that an argument names, or -1; *value: what is written in the same argument, as in --by=role and -brole, or NULL. */
static int option_of(const aur_verb *v, char *s, char **value)
{
	int o = -1, is_long = s[1] == '-';
	size_t n = is_long ? strcspn(s + 2, "=") : 0;
	for (int k = 0; v->opts && v->opts[k].name; k++)
		if (is_long ? strlen(v->opts[k].name) == n && !memcmp(v->opts[k].name, s + 2, n) : v->opts[k].letter == s[1])
			o = k;
	*value = is_long ? (s[2 + n] ? s + 3 + n : NULL) : s[2] ? s + 2 : NULL;
	return o;
}

/* A query such as -role:* or -date:2025-04, or -date>2025 as one might think, is not an option, whether or not there is one of that letter. */
static int is_query(const aur_verb *v, const char *s, int option)
{
	size_t name = strspn(s + 1, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-");
	int query = name > 1 && ((s[1 + name] == ':' && s[2 + name] != '/') || (s[1 + name] && strchr("<>!", s[1 + name])));
	return s[1] != '-' && v->max_args == 1 && (query || (option < 0 && strpbrk(s, ":\"")));
}

static int unknown_option(const aur_args *a, const aur_verb *v, const char *s)
{
	if (s[1] != '-' && s[2] && asks(v) && a->narg)
		return aur_usage(a, _("there is no option « %s »; put a query of several words between apostrophes: auricule %s '%s %s'"), s, so_far(a),
				 a->arg[0], s);
	if (s[1] != '-' && s[2] && asks(v))
		return aur_usage(a, _("there is no option « %s »; before a query that begins with - write --: auricule %s -- %s"), s, so_far(a), s);
	const char *meant = meant_option(v, s);
	if (meant)
		return aur_usage(a, _("there is no option « %s »: did you mean --%s?"), s, meant);
	return aur_usage(a, _("there is no option « %s »"), s);
}

/* Are there as many arguments as the verb takes? */
static int counted(const aur_args *a, const aur_verb *v)
{
	if (a->narg < v->min_args && a->glued)
		return EXIT_USAGE; /* main says why */
	if (a->narg < v->min_args)
		return aur_usage(a, _("something is missing: auricule %s %s"), v->name, _(v->args));
	int odd = v->max_args >= 0 ? a->narg > v->max_args : v == &verb_ingest; /* a corpus among its files would leave them to another one */
	for (int i = 0; odd && i < a->narg && !aur_arg(a, "corpus"); i++)
		if (aur_is_corpus(a->arg[i]))
			return aur_usage(a, _("« %s » is a corpus: name it with -d, as in auricule %s -d %s"), a->arg[i], v->name, aur_typed(a->arg[i]));
	if (asks(v) && a->narg > 1)
		return aur_usage(a, _("put a query of several words between apostrophes: auricule %s '%s %s'"), so_far(a), a->arg[0], a->arg[1]);
	if (v->max_args >= 0 && a->narg > v->max_args)
		return aur_usage(a, _("« %s » is one word too many: auricule %s %s"), a->arg[v->max_args], v->name, _(v->args));
	return 0;
}

static int parse(const aur_verb *v, int argc, char **argv, aur_args *a)
{
	int only_args = 0;
	a->verb = v;
	a->arg = aur_xcalloc((size_t)argc + 1, sizeof *a->arg);
	a->many = aur_xcalloc((size_t)argc + 1, sizeof *a->many);
	a->many_opt = aur_xcalloc((size_t)argc + 1, sizeof *a->many_opt);
	for (int i = 0; i < argc; i++) {
		char *s = argv[i], *value;
		if (only_args || s[0] != '-' || !s[1]) {
			a->arg[a->narg++] = s;
			continue;
		}
		if (!strcmp(s, "--")) {
			only_args = 1;
			continue;
		}
		if (!strcmp(s, "--help") || !strcmp(s, "-h")) {
			verb_help(v);
			return -1;
		}
		if (!strcmp(s, "--quiet") || !strcmp(s, "-q")) {
			aur_hush();
			continue;
		}
		int o = option_of(v, s, &value);
		if (is_query(v, s, o)) {
			a->arg[a->narg++] = s;
			continue;
		}
		if (o < 0)
			return unknown_option(a, v, s);
		if (!v->opts[o].arg) {
			if (value)
				return s[1] == '-' ? aur_usage(a, _("--%s takes no value"), v->opts[o].name)
						   : aur_usage(a, _("« %s » is not understood: give -%c alone"), s, s[1]);
			a->value[o] = "";
			continue;
		}
		if (!value) {
			if (i + 1 == argc)
				return aur_usage(a, _("--%s needs a value: %s"), v->opts[o].name, _(v->opts[o].arg));
			value = argv[++i];
		}
		if (value == s + 2 && s[1] != '-' && asks(v) && like_a_word(s)) {
			a->glued = s;
			a->glued_opt = o;
		}
		a->value[o] = value;
		a->many[a->nmany] = value;
		a->many_opt[a->nmany++] = (unsigned char)o;
	}
	return counted(a, v);
}

/* Where a standard stream is closed, the next file that is opened gets its number: a message would then be written into the
   corpus.  What stands there instead cannot be written to, so that a result that goes nowhere is told as before. */
static void hold_streams(void)
{
	for (int fd = 0; fd < 3; fd++)
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", fd ? O_RDONLY : O_WRONLY) < 0)
			return;
}

/* libxml2 prints what it could not open, or decode; whoever reads the file tells. */
static void unsaid(void *to, const char *fmt, ...)
{
	(void)to, (void)fmt;
}

static int end(int rc)
{
	int why = aur_flush(stdout);
	if (!why)
		return rc;
	fprintf(stderr, _("auricule: the output cannot be written: %s\n"), strerror(why));
	return EXIT_FAILED;
}

static int no_verb(const char *name)
{
	const char *meant = meant_verb(name);
	if (meant)
		return aur_usage(NULL, _("there is no verb « %s »: did you mean « %s »?"), name, meant);
	return aur_usage(NULL, _("there is no verb « %s »"), name);
}

int main(int argc, char **argv)
{
	hold_streams();
	/* Whoever asks libxml2 for an attribute cannot tell one that is not there (« citation ») from one that it had no memory for. */
	xmlMemSetup(free, aur_xmalloc, aur_xrealloc, aur_xstrdup);
	if (!setlocale(LC_ALL, "")) {
		/* The person's locale was never generated on this machine: the language is known all the same. */
		const char *all = getenv("LC_ALL"), *said = getenv("LC_MESSAGES"), *chosen = getenv("LANGUAGE");
		const char *lang = all && *all ? all : said && *said ? said : getenv("LANG");
		setlocale(LC_ALL, "C.UTF-8");
		if (lang && *lang && !(chosen && *chosen))
			setenv("LANGUAGE", lang, 1);
	}
	setlocale(LC_NUMERIC, "C"); /* figures are the same everywhere */
	setlocale(LC_CTYPE, "C.UTF-8"); /* so are letters (a Turkish « I » is no capital « i »), and the system's reasons are no Latin-1 amid our UTF-8 */
	/* In the build tree the messages stand beside the program, as the plugins do. */
	aur_buf mo = {0};
	if (aur_places_get()->build_dir)
		aur_buf_printf(&mo, "%s/locale", aur_places_get()->build_dir);
	bindtextdomain("auricule", mo.n ? aur_buf_cstr(&mo) : LOCALEDIR);
	aur_buf_free(&mo);
	bind_textdomain_codeset("auricule", "UTF-8");
	textdomain("auricule");
	xmlSetGenericErrorFunc(NULL, unsaid);
	xmlThrDefSetGenericErrorFunc(NULL, unsaid);
	signal(SIGPIPE, SIG_DFL);
	signal(SIGXFSZ, SIG_IGN); /* a file larger than the system allows: told like a disk that is full */
	if (argc < 2) {
		help();
		return EXIT_USAGE;
	}
	if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h") || !strcmp(argv[1], "help")) {
		for (int i = 0; verbs[i] && argc > 2; i++)
			if (!strcmp(verbs[i]->name, argv[2])) {
				verb_help(verbs[i]);
				return end(EXIT_DONE);
			}
		if (argc > 2)
			return no_verb(argv[2]);
		help();
		return end(EXIT_DONE);
	}
	if (!strcmp(argv[1], "--help-all")) {
		help_all();
		return end(EXIT_DONE);
	}
	if (!strcmp(argv[1], "--version")) {
		puts("auricule " PACKAGE_VERSION);
		return end(EXIT_DONE);
	}
	for (int i = 0; verbs[i]; i++) {
		if (strcmp(verbs[i]->name, argv[1]))
			continue;
		aur_error met = {0};
		aur_args a = {.met = &met};
		int rc = parse(verbs[i], argc - 2, argv + 2, &a);
		rc = rc < 0 ? EXIT_DONE : rc ? rc : verbs[i]->run(&a);
		if (rc && a.glued)
			glued_hint(&a);
		free(a.arg);
		free(a.many);
		free(a.many_opt);
		if (met.code && !aur_failed_with(&met)) /* the verb went on without what it could not read */
			rc = aur_failed(&met);
		return end(rc);
	}
	return no_verb(argv[1]);
}
