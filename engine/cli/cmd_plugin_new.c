/* SPDX-License-Identifier: Apache-2.0 */
/* plugin new: a folder in which a plugin builds at once, out of the templates in kit/new. */
#include "config.h"
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/file.h"
#include "cli/cmd_plugin.h"

static const char holder[] = "@NAME@",
                  licence_holder[] = "Apache-2.0"; /* the licence of the templates stands where the author's goes */

struct job {
	const char *name, *licence;
	aur_error e;
};

static void put_replaced(aur_buf *out, const char *s, size_t n, const char *from, const char *to)
{
	size_t len = strlen(from);
	for (size_t i = 0; i < n;) {
		if (i + len <= n && !memcmp(s + i, from, len)) {
			aur_buf_str(out, to);
			i += len;
		} else {
			aur_buf_byte(out, (unsigned char)s[i++]);
		}
	}
}

static aur_code copy_file(struct job *b, const char *from, const char *to)
{
	aur_buf in = {0}, named = {0}, out = {0};
	aur_code rc = AURE_OK;
	int why = aur_file_read(from, SIZE_MAX, &in);
	if (why)
		rc = aur_fail_at(&b->e, AURE_IO, from, 0, 0, _("this template cannot be read: %s"), strerror(why));
	put_replaced(&named, (const char *)in.p, in.n, holder, b->name);
	put_replaced(&out, (const char *)named.p, named.n, licence_holder, b->licence);
	if (!rc) {
		FILE *f = fopen(to, "wbx");
		int ok = f && fwrite(out.p, 1, out.n, f) == out.n;
		if (ok && out.n > 2 && !memcmp(out.p, "#!", 2)) /* a script, whatever mode it was installed with */
			ok = !fchmod(fileno(f), 0755);
		if (f && fclose(f))
			ok = 0;
		if (!ok)
			rc = aur_fail_at(&b->e, AURE_IO, to, 0, 0, _("this file cannot be written: %s"),
			                 strerror(errno));
	}
	aur_buf_free(&in);
	aur_buf_free(&named);
	aur_buf_free(&out);
	return rc;
}

static aur_code no_templates(struct job *b, const char *from)
{
	return aur_fail_at(&b->e, AURE_IO, from, 0, 0,
	                   _("the templates are missing: install auricule again, or set AURICULE_DATA_DIR"));
}

/* Every file of a folder of templates; @NAME@ in its own name is replaced as well. */
static aur_code copy_folder(struct job *b, const char *from)
{
	aur_code rc = AURE_OK;
	DIR *d = opendir(from);
	if (!d)
		return no_templates(b, from);
	for (struct dirent *e; !rc && (e = readdir(d));) {
		aur_buf source = {0}, target = {0};
		if (e->d_name[0] == '.')
			continue;
		aur_buf_printf(&source, "%s/%s", from, e->d_name);
		aur_buf_printf(&target, "%s/", b->name);
		put_replaced(&target, e->d_name, strlen(e->d_name), "NAME", b->name);
		rc = copy_file(b, aur_buf_cstr(&source), aur_buf_cstr(&target));
		aur_buf_free(&source);
		aur_buf_free(&target);
	}
	closedir(d);
	return rc;
}

/* Half of a plugin would stand in the way of the next try. */
static void take_back(const char *folder)
{
	DIR *d = opendir(folder);
	for (struct dirent *e; d && (e = readdir(d));)
		unlinkat(dirfd(d), e->d_name, 0);
	if (d)
		closedir(d);
	rmdir(folder);
}

static int good_name(const char *s)
{
	if (!(*s >= 'a' && *s <= 'z') || strlen(s) > 60)
		return 0;
	for (; *s; s++)
		if (!((*s >= 'a' && *s <= 'z') || (*s >= '0' && *s <= '9') || *s == '-'))
			return 0;
	return 1;
}

static int good_licence(const char *s)
{
	size_t n = strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.+-() ");
	return n && !s[n];
}

int aur_plugin_new(aur_args *a)
{
	const char *kind = aur_arg(a, "kind") ? aur_arg(a, "kind") : "annotator", *licence = aur_arg(a, "license");
	struct job b = {.name = a->arg[0], .licence = licence ? licence : licence_holder};
	aur_buf from = {0}, common = {0};
	int known = 0;
	for (int k = AUR_READER; k <= AUR_EXPORTER; k++)
		known |= !strcmp(kind, aur_kind_names[k]);
	if (!known)
		return aur_usage(a, _("--kind takes annotator, layer, reader, tokenizer or exporter, not « %s »"),
		                 kind);
	if (!good_name(b.name))
		return aur_usage(
		    a,
		    _("« %s » cannot name a plugin: use small letters, digits and hyphens, a letter first, at most 60"),
		    b.name);
	if (!good_licence(b.licence))
		return aur_usage(a, _("--license takes an SPDX identifier such as MIT or EUPL-1.2, not « %s »"),
		                 b.licence);
	aur_buf_printf(&common, "%s/kit/new/common", aur_places_get()->data_dir);
	aur_buf_printf(&from, "%s/kit/new/%s", aur_places_get()->data_dir, kind);
	aur_code rc = AURE_OK;
	if (access(aur_buf_cstr(&common), X_OK) ||
	    access(aur_buf_cstr(&from), X_OK)) { /* before there is half a folder */
		rc = no_templates(&b, aur_buf_cstr(&common));
	} else if (mkdir(b.name, 0777)) {
		rc = errno == EEXIST ? aur_fail_at(&b.e, AURE_IO, b.name, 0, 0,
		                                   _("this already exists: take another name, or remove it first"))
		                     : aur_fail_at(&b.e, AURE_IO, b.name, 0, 0, _("this folder cannot be made: %s"),
		                                   strerror(errno));
	} else {
		rc = copy_folder(&b, aur_buf_cstr(&common));
		if (!rc)
			rc = copy_folder(&b, aur_buf_cstr(&from));
		if (rc)
			take_back(b.name);
	}
	aur_buf_free(&common);
	aur_buf_free(&from);
	if (rc)
		return aur_failed(&b.e);
	char *there = aur_registry_path(b.name);
	if (there)
		aur_remark(_("there is already a plugin %s: « make install » here replaces it, for everybody who uses it; under another name both stay"), there);
	free(there);
	if (!aur_quiet())
		printf(_("%s now holds a plugin that builds and has its tests. Next:\n  cd %s && make && "
		         "make test\nREADME.md says where to go on.\n"),
		       b.name, b.name);
	return EXIT_DONE;
}
