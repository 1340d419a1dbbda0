#include "deliver.h"

bool deliver_whole(const char *path, struct view bytes, const char **ret_message) {
    struct delivery delivery;
    bool fine = delivery_to(&delivery, path, NULL) == DELIVERY_READY &&
                delivery_write(&delivery, bytes.at, bytes.size) && delivery_commit(&delivery);
    *ret_message = delivery.message;
    return fine;
}
