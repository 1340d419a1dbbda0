#ifndef TIMESTAMP_H
#define TIMESTAMP_H

#include "view.h"

enum { TIMESTAMP_SIZE = 32 };

/* Read the time that stands at or near the begin of a log line, in seconds since 1970, as UTC;
 * false where there is none, or no possible one (month 13, years out of 1970 to 2199).
 *
 * Known are ISO 8601 and RFC 3339, RFC 3164 and 5424, the logs of Apache, nginx, IIS (W3C), MySQL,
 * squid, Windows setup and update, NetSetup, Netlogon, Configuration Manager, Android, glog and
 * zap, seconds since 1970 of ten digits, and `3/14/2026 8:14:07 AM` or `14/03/2026 08:14:07` where
 * the day cannot be taken for the month. A time without zone is taken as it stands. One without
 * year gets the newest that is not later than a day behind `now` (seconds since 1970): clocks of
 * local time may be ahead of UTC. */
bool timestamp_read(struct view line, int64_t now, int64_t *ret_seconds);

/* write it as `2026-03-02 08:14:07`, with `between` between day and hour */
void timestamp_write(int64_t seconds, char between, char text[TIMESTAMP_SIZE]);

#endif
