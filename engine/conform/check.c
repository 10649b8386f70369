/* SPDX-License-Identifier: Apache-2.0 */
/* The checks of a plugin: of the file, then of each component; turns what came of them into findings. */
#include "config.h"
#include <errno.h>
#include <stdio.h>
#include <unistd.h>
#include "base/intl.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "conform/symbols.h"
#include "conform/trials.h"

#define EXCERPT 120u /* bytes of an input that are printed */

struct check {
	const char *path;
	const aur_conform_options *o;
	void (*found)(void *ctx, const aur_finding *f);
	void *ctx;
	unsigned failed;
	aur_box *box;
	char printed[160]; /* the first output that any check saw from the plugin */
	/* argument of the box's body */
	unsigned component;
	const aur_trial *trial;
};

/* A readable excerpt of an input: its name, and its beginning with everything invisible escaped. */
static void excerpt(aur_buf *b, const char *name, aur_str s, size_t size)
{
	size_t n = s.len < EXCERPT ? s.len : EXCERPT, at = 0;
	if (*name)
		aur_buf_printf(b, "%s%s", name, n ? ": " : "");
	while (at < n) {
		size_t good = at + aur_utf8_valid(s.ptr + at, n - at);
		for (; at < good; at++) {
			unsigned char c = (unsigned char)s.ptr[at];
			if (c == '\n' || c == '\t' || c == '\r')
				aur_buf_printf(b, "\\%c", c == '\n' ? 'n' : c == '\t' ? 't' : 'r');
			else if (c < 0x20 || c == 0x7F)
				aur_buf_printf(b, "\\x%02X", c);
			else
				aur_buf_byte(b, c);
		}
		if (at < n && s.len > n && n - at < 4)
			break; /* a character cut off by the limit */
		if (at < n)
			aur_buf_printf(b, "\\x%02X", (unsigned char)s.ptr[at++]);
	}
	if (size > at)
		aur_buf_printf(b, "… (%zu bytes)", size);
}

static void tell(struct check *c, const char *component, aur_kind kind, const char *check, const aur_outcome *o)
{
	aur_buf b = {0};
	if (o->verdict == AUR_FAILED && (o->input.len || *o->name))
		excerpt(&b, o->name, o->input, o->input_size);
	aur_finding f = {.component = component,
	                 .kind = kind,
	                 .check = check,
	                 .verdict = o->verdict,
	                 .reason = o->reason,
	                 .bytes = o->input};
	f.input = aur_buf_cstr(&b);
	c->failed += f.verdict == AUR_FAILED;
	c->found(c->ctx, &f);
	aur_buf_free(&b);
}

/* A check of the file, not of a component. */
static void tell_plain(struct check *c, const char *check, aur_verdict v, const char *reason)
{
	aur_outcome o = {.verdict = v, .name = ""};
	snprintf(o.reason, sizeof o.reason, "%s", reason);
	tell(c, "", 0, check, &o);
}

static aur_code run(struct check *c, void (*body)(void *), aur_outcome *o, aur_error *err)
{
	aur_box_limits l = {c->o->limit, c->o->memory};
	aur_code rc = aur_box_run(c->box, &l, body, c, o, err);
	if (!rc && o->setup)
		rc = aur_fail(err, AURE_CONFIG, "%s", o->reason);
	if (!rc && o->verdict != AUR_FAILED && o->printed[0] && !c->printed[0]) /* a plugin that fails may print something */
		memcpy(c->printed, o->printed, sizeof c->printed);
	return rc;
}

/* ---- the file ------------------------------------------------------------------------------------ */
static int plain(const char *s)
{
	return aur_utf8_valid(s, strlen(s)) == strlen(s) && !strpbrk(s, "\n\r\t");
}

/* What the loader accepts although the contract forbids it. */
static void descriptor(const aur_plugin *p, aur_plugin_fn entry)
{
	if (entry() != p)
		aur_box_fail(_("aur_plugin_v1 does not return the same address twice: return a static object"));
	if (!plain(p->name) || (p->vendor && !plain(p->vendor)) || (p->license && !plain(p->license)))
		aur_box_fail(_("its name, vendor or licence is not one line of UTF-8"));
	for (uint32_t i = 0; i < p->component_count; i++) {
		const aur_component *c = p->components[i];
		if (!*c->version || strpbrk(c->version, " \t\n\r") || !plain(c->version))
			aur_box_fail(_("component %s has the version « %.40s »: something like 1.4.2, without a blank"),
			             c->id, c->version);
		if (!*c->summary || !plain(c->summary))
			aur_box_fail(_("component %s has no summary of one line"), c->id);
		if (strlen(c->id) >= sizeof((aur_outcome *)NULL)->component[0].id)
			aur_box_fail(_("the identifier « %.40s… » is longer than %zu characters"), c->id,
			             sizeof((aur_outcome *)NULL)->component[0].id - 1);
		for (uint32_t k = 0; k < i; k++)
			if (!strcmp(p->components[k]->id, c->id))
				aur_box_fail(_("two components have the identifier %s"), c->id);
		aur_box_component(c->id, c->kind);
	}
}

static void load_body(void *arg)
{
	const struct check *c = arg;
	aur_registry *r = aur_registry_new();
	aur_box_call("dlopen, aur_plugin_v1", NULL, NULL, 0);
	const aur_plugin_entry *e = aur_registry_load_file(r, c->path);
	if (e->refused) {
		aur_box_refused(e->refused_for);
		aur_box_fail("%s", e->refused);
	}
	aur_box_refused(AUR_REFUSED_DESCRIPTOR);
	aur_box_call("aur_plugin_v1", NULL, NULL, 0);
	descriptor(e->plugin, e->entry);
	aur_box_return();
}

static aur_code the_file(struct check *c, aur_outcome *o, aur_error *err)
{
	static const struct {
		const char *name;
		int stage;
	} steps[] = {{"load", AUR_REFUSED_LOAD}, {"abi", AUR_REFUSED_ABI}, {"descriptor", AUR_REFUSED_DESCRIPTOR}};
	aur_code rc = run(c, load_body, o, err);
	int at = o->refused_for == AUR_NOT_REFUSED ? AUR_REFUSED_LOAD : o->refused_for;
	if (rc)
		return rc;
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
		if (o->verdict == AUR_FAILED && steps[i].stage == at) {
			tell(c, "", 0, steps[i].name, o);
			return AURE_OK;
		}
		tell_plain(c, steps[i].name, AUR_PASSED, "");
	}
	aur_buf names = {0}, reason = {0};
	unsigned n = aur_symbols_beside(c->path, "aur_plugin_v1", &names);
	if (n)
		aur_buf_printf(&reason,
		               _("it exports more than aur_plugin_v1: %s%s; compile with -fvisibility=hidden, and make "
		                 "functions static"),
		               aur_buf_cstr(&names), n > 3 ? ", …" : "");
	tell_plain(c, "symbols", n ? AUR_FAILED : AUR_PASSED, aur_buf_cstr(&reason));
	aur_buf_free(&names);
	aur_buf_free(&reason);
	return AURE_OK;
}

/* ---- its components ------------------------------------------------------------------------------ */
static void trial_body(void *arg)
{
	const struct check *c = arg;
	aur_desk d;
	aur_desk_init(&d, c->o, c->path, c->component);
	c->trial->run(&d);
}

static int wanted(const struct check *c, const char *name)
{
	int is = !c->o->onlys;
	for (unsigned i = 0; i < c->o->onlys; i++)
		is |= !strcmp(c->o->only[i], name);
	return is;
}

static aur_code a_component(struct check *c, const char *id, aur_kind kind, aur_error *err)
{
	const aur_kind_test *k = aur_kind_test_of(kind);
	const char *failed_first = NULL;
	uint64_t digest = 0;
	int known = 0;
	aur_code rc = AURE_OK;
	for (const aur_trial *t = aur_trials; t->run && !rc; t++) {
		const char *name = t->name ? t->name : k->more_name;
		aur_outcome o = {.name = ""};
		if ((t->needs_threads && !k->threads) || (t->needs_more && !k->more_name) || !wanted(c, name))
			continue;
		if (failed_first) {
			o.verdict = AUR_SKIPPED;
			snprintf(o.reason, sizeof o.reason, _("not tried, because « %s » failed"), failed_first);
			tell(c, id, kind, name, &o);
			continue;
		}
		c->trial = t;
		rc = run(c, trial_body, &o, err);
		if (!rc && t->repeats_digest && !known && o.verdict != AUR_FAILED) {
			digest = o.digest;
			rc = run(c, trial_body, &o, err);
		}
		if (rc)
			break;
		if (t->repeats_digest && o.verdict != AUR_FAILED) {
			o.verdict = o.digest == digest ? AUR_PASSED : AUR_FAILED;
			snprintf(
			    o.reason, sizeof o.reason, "%s",
			    o.digest == digest
			        ? ""
			        : _("the same inputs give something else, or another fingerprint, in another process"));
		}
		if (t->first && t->run == aur_trial_output) {
			digest = o.digest;
			known = 1;
		}
		if (t->first && o.verdict == AUR_FAILED)
			failed_first = name;
		tell(c, id, kind, name, &o);
	}
	return rc;
}

int aur_conform_knows(const char *check)
{
	int known = 0;
	for (const aur_trial *t = aur_trials; t->run; t++)
		known |= t->name && !strcmp(check, t->name);
	for (aur_kind k = AUR_READER; k <= AUR_EXPORTER; k++)
		known |= aur_kind_test_of(k)->more_name && !strcmp(check, aur_kind_test_of(k)->more_name);
	return known;
}

aur_code aur_conform(const char *path, const aur_conform_options *o, void (*found)(void *ctx, const aur_finding *f),
                     void *ctx, unsigned *failed, aur_error *err)
{
	struct check c = {.path = path, .o = o, .found = found, .ctx = ctx};
	aur_outcome file;
	if (access(path, R_OK))
		return aur_fail_at(err, AURE_IO, path, 0, 0, _("this plugin cannot be read: %s"), strerror(errno));
	aur_code rc = aur_box_new(&c.box, err);
	if (!rc)
		rc = the_file(&c, &file, err);
	if (!rc && file.verdict == AUR_PASSED) {
		for (uint32_t i = 0; i < file.components && !rc; i++) {
			c.component = i;
			rc = a_component(&c, file.component[i].id, file.component[i].kind, err);
		}
		if (!rc) {
			char reason[400] = "";
			if (c.printed[0])
				snprintf(
				    reason, sizeof reason,
				    _("it prints to standard output, which is for results: use host->log; it printed: %s"),
				    c.printed);
			tell_plain(&c, "silent", c.printed[0] ? AUR_FAILED : AUR_PASSED, reason);
		}
	}
	aur_box_free(c.box);
	*failed = c.failed;
	return rc;
}
