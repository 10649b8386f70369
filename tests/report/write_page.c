/* SPDX-License-Identifier: Apache-2.0 */
/* Writes the page of a corpus on paper, without an index: for the browser checks.
 *   write_page TEI TRUTH|- ASSETS VEGA OUT [K [CONTRIBUTIONS SESSIONS]] */
#include "config.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "demo_input.h"
#include "report/report.h"

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

int main(int argc, char **argv)
{
	if (argc < 6)
		return 2;
	aur_error e = {0};
	aur_irr_options opt = AUR_IRR_OPTIONS;
	aur_mask *mask = NULL;
	aur_assets *assets = NULL;
	aur_ledger *l = NULL;
	aur_buf page = {0};
	const char *truth = strcmp(argv[2], "-") ? argv[2] : NULL;
	if (argc > 6)
		opt.k = (uint32_t)atoi(argv[6]);
	demo_input *d = argc > 8 ? demo_input_scaled(argv[1], truth, (uint32_t)atoi(argv[7]), (uint32_t)atoi(argv[8])) : demo_input_read(argv[1], truth);
	int rc = 1;
	if (!d)
		return 1;
	char rules[4096];
	snprintf(rules, sizeof rules, "%s/fr.mask", argv[3]);
	if (aur_mask_open(rules, &mask, &e) != AURE_OK || aur_assets_open(argv[3], "fr", argv[4], &assets, &e) != AURE_OK)
		goto out;
	opt.mask = mask;
	double a = now();
	if (aur_ledger_build(demo_input_of(d), &opt, &l, &e) != AURE_OK)
		goto out;
	double b = now();
	if (aur_report_page(l, NULL, 0, assets, &page, &e) != AURE_OK)
		goto out;
	fprintf(stderr, "ledger %.0f ms, page %.0f ms, %zu bytes\n", b - a, now() - b, page.n);
	FILE *f = fopen(argv[5], "wb");
	if (f) {
		rc = fwrite(page.p, 1, page.n, f) != page.n;
		rc |= fclose(f);
	}
out:
	if (*e.text)
		fprintf(stderr, "%s:%u: %s\n", e.file, e.line, e.text);
	aur_buf_free(&page);
	aur_ledger_free(l);
	aur_assets_free(assets);
	aur_mask_close(mask);
	demo_input_free(d);
	return rc;
}
