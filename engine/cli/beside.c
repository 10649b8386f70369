/* SPDX-License-Identifier: Apache-2.0 */
/* Other pages of the same contributions, beside one that is being written. */
#include "config.h"
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include "base/file.h"
#include "base/intl.h"
#include "cli/beside.h"
#include "cli/cli.h"
#include "report/verify.h"

enum { MOST_PAGES = 20 }; /* a page is a megabyte: the first ones are enough to say so */

/* How a page was made: of which contributions, with which options. */
typedef struct made {
	char print[AUR_PROOF_PRINT];
	uint32_t k, fields;
	char *by[AUR_PROOF_FIELDS];
} made;

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void made_free(made *m)
{
	while (m->fields)
		free(m->by[--m->fields]);
}

/* 0: it is no page of ours. */
static int made_of(const aur_buf *page, made *m)
{
	static const char begins[] = "<!DOCTYPE html";
	const char *p = (const char *)page->p;
	aur_irr_options opt = AUR_IRR_OPTIONS;
	aur_error e;
	*m = (made){0};
	if (page->n < sizeof begins || strncasecmp(p, begins, sizeof begins - 1))
		return 0;
	if (aur_proof_contributions(p, page->n, m->print, &e) || aur_proof_options(p, page->n, &opt, m->by, &m->fields, &e))
		return 0;
	m->k = opt.k;
	qsort(m->by, m->fields, sizeof *m->by, by_name);
	return 1;
}

static int otherwise(const made *a, const made *b)
{
	int other = a->k != b->k || a->fields != b->fields;
	for (uint32_t i = 0; i < a->fields && !other; i++)
		other = strcmp(a->by[i], b->by[i]) != 0;
	return other;
}

static int is_page_name(const struct dirent *d)
{
	size_t n = strlen(d->d_name);
	return n > 5 && !strcasecmp(d->d_name + n - 5, ".html");
}

static int in_order(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

/* Is the file a page of the same contributions, made otherwise?  One that shows everything is not for publication, and says so itself. */
static int is_another(const char *path, const made *here)
{
	aur_buf page = {0};
	made there;
	int is = 0;
	if (!aur_file_read(path, AUR_PAGE_MAX, &page) && made_of(&page, &there)) {
		is = there.k > 1 && !strcmp(here->print, there.print) && otherwise(here, &there);
		made_free(&there);
	}
	aur_buf_free(&page);
	return is;
}

static void look_in(const char *dir, const struct stat *own, const made *here)
{
	struct dirent **name = NULL;
	int n = scandir(*dir ? dir : ".", &name, is_page_name, in_order), looked = 0, told = 0;
	for (int i = 0; i < n; i++) {
		aur_buf file = {0};
		struct stat st;
		aur_buf_printf(&file, "%s%s", dir, name[i]->d_name);
		const char *path = aur_buf_cstr(&file);
		if (!told && looked < MOST_PAGES && !stat(path, &st) && S_ISREG(st.st_mode) && (st.st_ino != own->st_ino || st.st_dev != own->st_dev)) {
			looked++;
			told = is_another(path, here);
			if (told)
				aur_remark(_("note: %s is another page of the same contributions, by other fields or with another threshold: publish one of them "
					     "alone (--by may be given several times), as together they may give back what each hides"),
					   path);
		}
		aur_buf_free(&file);
		free(name[i]);
	}
	if (n >= 0)
		free(name);
}

void aur_page_beside(const char *path, const aur_buf *page)
{
	const char *slash = strrchr(path, '/');
	struct stat own;
	made here;
	if (stat(path, &own) || !S_ISREG(own.st_mode) || !made_of(page, &here))
		return;
	char *dir = aur_xstrndup(path, slash ? (size_t)(slash - path) + 1 : 0);
	look_in(dir, &own, &here);
	made_free(&here);
	free(dir);
}
