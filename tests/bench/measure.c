/* Measures one run of a command as a stage of a pipeline, and prints it as one line of numbers.
 *
 *   measure stream [PIPE_KIB] INPUT COMMAND...   file -> command -> pipe that is drained
 *   measure stage [PIPE_KIB] INPUT COMMAND...    pipe -> command -> pipe that is drained
 *   measure start COMMAND...                     with empty input
 *   measure latency LINES INPUT COMMAND...       a line of INPUT each millisecond
 *
 * stream, stage, start: wall seconds, user and system seconds, peak memory in KiB, bytes that came
 * latency: 50th, 90th and 99th percentile and the longest, in microseconds from write to read */
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static void fail(const char *what) {
    perror(what);
    exit(2);
}

static void make_pipe(int ends[2], int kib) {
    if (pipe2(ends, O_CLOEXEC) != 0) fail("pipe");
    if (kib && fcntl(ends[0], F_SETPIPE_SZ, kib * 1024) < 0) fail("F_SETPIPE_SZ");
}

static pid_t start(char **command, int in, int out) {
    pid_t child = fork();
    if (child < 0) fail("fork");
    if (child > 0) return child;
    dup2(in, STDIN_FILENO);
    dup2(out, STDOUT_FILENO);
    execvp(command[0], command);
    perror(command[0]);
    _exit(127);
}

/* A process that copies the file into the pipe. */
static pid_t feed(const char *input, int out) {
    pid_t child = fork();
    if (child != 0) return child;
    static char bytes[1 << 18];
    ssize_t size;
    int in = open(input, O_RDONLY);
    while ((size = read(in, bytes, sizeof bytes)) > 0)
        for (ssize_t put = 0, more; put < size; put += more)
            if ((more = write(out, bytes + put, (size_t)(size - put))) < 0) _exit(1);
    _exit(0);
}

static size_t drain(int in) {
    static char bytes[1 << 20];
    size_t sum = 0;
    for (ssize_t size; (size = read(in, bytes, sizeof bytes)) > 0;) sum += (size_t)size;
    return sum;
}

static double seconds(struct timeval time) {
    return (double)time.tv_sec + (double)time.tv_usec * 1e-6;
}

static int run(char **command, const char *input, int kib, int staged) {
    int out[2], in[2] = {-1, -1}, status;
    struct rusage usage;
    pid_t feeder = -1;
    make_pipe(out, kib);
    double begin = now();
    if (staged) {
        make_pipe(in, kib);
        feeder = feed(input, in[1]);
        close(in[1]);
    } else {
        in[0] = open(input, O_RDONLY | O_CLOEXEC);
        if (in[0] < 0) fail(input);
    }
    pid_t child = start(command, in[0], out[1]);
    close(out[1]);
    close(in[0]);
    size_t size = drain(out[0]);
    if (wait4(child, &status, 0, &usage) < 0) fail("wait4");
    double end = now();
    if (feeder > 0) waitpid(feeder, NULL, 0);
    printf("%.6f %.6f %.6f %ld %zu\n", end - begin, seconds(usage.ru_utime),
           seconds(usage.ru_stime), usage.ru_maxrss, size);
    return WIFEXITED(status) && WEXITSTATUS(status) < 2 ? 0 : 1;
}

static int by_size(const void *a, const void *b) {
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

/* Wait until the line has come whole: a tool may write it in parts. */
static int wait_for_line(int out, double *ret_time) {
    char bytes[65536];
    struct pollfd poll_one = {.fd = out, .events = POLLIN};
    while (poll(&poll_one, 1, 5000) == 1) {
        ssize_t size = read(out, bytes, sizeof bytes);
        if (size <= 0) return 0;
        *ret_time = now();
        if (bytes[size - 1] == '\n') return 1;
    }
    return 0;
}

static int latency(int lines, const char *input, char **command) {
    int in[2], out[2];
    char line[65536];
    double *times = calloc((size_t)lines, sizeof *times);
    FILE *file = fopen(input, "r");
    if (!file || !times) fail(input);
    make_pipe(in, 0);
    make_pipe(out, 0);
    pid_t child = start(command, in[0], out[1]);
    close(in[0]);
    close(out[1]);
    for (int i = -100; i < lines; i++) {
        struct timespec pause = {0, 1000000};
        double came;
        if (!fgets(line, sizeof line, file)) rewind(file), (void)!fgets(line, sizeof line, file);
        nanosleep(&pause, NULL);
        double sent = now();
        if (write(in[1], line, strlen(line)) < 0) fail("write");
        if (!wait_for_line(out[0], &came)) {
            printf("nothing came\n");
            kill(child, SIGKILL);
            return 0;
        }
        if (i >= 0) times[i] = (came - sent) * 1e6;
    }
    close(in[1]);
    drain(out[0]);
    waitpid(child, NULL, 0);
    qsort(times, (size_t)lines, sizeof *times, by_size);
    printf("%.1f %.1f %.1f %.1f\n", times[lines / 2], times[lines * 9 / 10],
           times[lines * 99 / 100], times[lines - 1]);
    free(times);
    fclose(file);
    return 0;
}

int main(int argc, char **argv) {
    const char *what = argc > 2 ? argv[1] : "";
    int sized = argc > 3 && strspn(argv[2], "0123456789") == strlen(argv[2]);
    int kib = sized ? atoi(argv[2]) : 0;
    if (strcmp(what, "start") == 0) return run(argv + 2, "/dev/null", 0, 0);
    if (strcmp(what, "latency") == 0 && argc > 4) return latency(kib, argv[3], argv + 4);
    if (strcmp(what, "stream") == 0 && argc > 3 + sized)
        return run(argv + 3 + sized, argv[2 + sized], kib, 0);
    if (strcmp(what, "stage") == 0 && argc > 3 + sized)
        return run(argv + 3 + sized, argv[2 + sized], kib, 1);
    fputs("usage: measure stream|stage|start|latency ...; see its source\n", stderr);
    return 2;
}
