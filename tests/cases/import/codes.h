/* what the device answers */
#ifndef _CODES_H
#define _CODES_H 1
#define DEV_OK      0
#define DEV_BUSY    0x81  /* Somebody else holds the device. */
#define DEV_GONE    0x82  // the cable was pulled
#define DEV_LOST    DEV_GONE
#endif
