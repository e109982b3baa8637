/* link: emulates the links of a network in user space.
 *
 * Every link joins two TAP devices in two network namespaces. Frames are read from one and written to the other after
 * the link's delay, jitter, loss, reordering, rate and queue, in both directions. TAP devices have no offloads, so no
 * frame is above the MTU and all checksums are real.
 *
 * Links are read from standard input, one a line, until an empty line:
 *
 *   PID:DEVICE PID:DEVICE delay_ms jitter_ms loss reorder rate_mbit queue_ms
 *
 * PID is a process of the namespace, loss and reorder are shares of the frames, rate_mbit 0 means unlimited. "ready" is
 * printed once all devices are there. On SIGTERM one line per direction says how many frames it took, lost, dropped at
 * its full queue and reordered. The argument is the seed. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <math.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

enum { MAX_DIRECTIONS = 256, MAX_WAITING = 200000, MAX_FRAME = 65536, BURST = 32 };

#define NANOS_PER_MS 1e6
#define NANOS_PER_SECOND 1000000000ull
#define ETHERNET_OVERHEAD 24   /* preamble, check sequence and gap, bytes */
#define BURST_ENDS 0.6         /* probability that a burst of losses ends with the next frame */
#define SPIKE 0.002            /* share of frames whose jitter is multiplied by SPIKE_FACTOR */
#define SPIKE_FACTOR 8

struct direction {
  int in, out;
  double delay, jitter;        /* nanoseconds */
  double loss, reorder;        /* shares */
  double rate;                 /* bits per second, 0 is unlimited */
  uint64_t queue;              /* longest wait before the frame is dropped, nanoseconds */
  uint64_t line_free;          /* when the last frame has left the sender */
  uint64_t last_arrival;
  int losing;                  /* within a burst of losses */
  uint64_t frames, lost, dropped, reordered;
  char name[96];
};

struct waiting {
  uint64_t arrival, number;
  struct direction *direction;
  int length;
  unsigned char *frame;
};

static struct direction directions[MAX_DIRECTIONS];
static int direction_count;
static struct waiting *heap;   /* ordered by arrival, then by number */
static int heap_size, heap_capacity;
static uint64_t random_state;
static volatile sig_atomic_t ended;

static void fail(const char *what) {
  fprintf(stderr, "link: %s: %s\n", what, strerror(errno));
  exit(2);
}

static uint64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * NANOS_PER_SECOND + time.tv_nsec;
}

/* A number of [0, 1); xorshift, so that a seed gives the same sequence everywhere. */
static double chance(void) {
  random_state ^= random_state << 13;
  random_state ^= random_state >> 7;
  random_state ^= random_state << 17;
  return (random_state >> 11) * (1.0 / 9007199254740992.0);
}

static int earlier(const struct waiting *a, const struct waiting *b) {
  return a->arrival < b->arrival || (a->arrival == b->arrival && a->number < b->number);
}

static void push(struct waiting item) {
  if (heap_size == heap_capacity) {
    heap_capacity = heap_capacity ? heap_capacity * 2 : 1024;
    heap = realloc(heap, heap_capacity * sizeof *heap);
    if (!heap) fail("memory");
  }
  int at = heap_size++;
  while (at > 0 && earlier(&item, &heap[(at - 1) / 2])) {
    heap[at] = heap[(at - 1) / 2];
    at = (at - 1) / 2;
  }
  heap[at] = item;
}

static struct waiting pop(void) {
  struct waiting first = heap[0], moved = heap[--heap_size];
  int at = 0;
  for (;;) {
    int child = 2 * at + 1;
    if (child >= heap_size) break;
    if (child + 1 < heap_size && earlier(&heap[child + 1], &heap[child])) child++;
    if (!earlier(&heap[child], &moved)) break;
    heap[at] = heap[child];
    at = child;
  }
  heap[at] = moved;
  return first;
}

/* Makes a TAP device in the namespace of a process; it lives as long as this process. */
static int tap(int process, const char *name) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/ns/net", process);
  int namespace = open(path, O_RDONLY | O_CLOEXEC);
  if (namespace < 0 || setns(namespace, CLONE_NEWNET) != 0) fail(path);
  close(namespace);
  int device = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
  if (device < 0) fail("/dev/net/tun");
  struct ifreq request = {.ifr_flags = IFF_TAP | IFF_NO_PI};
  snprintf(request.ifr_name, IFNAMSIZ, "%s", name);
  if (ioctl(device, TUNSETIFF, &request) != 0) fail(name);
  return device;
}

static void add_link(const char *line, int poll) {
  int process[2];
  char device[2][32];
  double delay, jitter, loss, reorder, rate, queue;
  if (sscanf(line, "%d:%31s %d:%31s %lf %lf %lf %lf %lf %lf", &process[0], device[0], &process[1], device[1], &delay,
             &jitter, &loss, &reorder, &rate, &queue) != 10 || direction_count + 2 > MAX_DIRECTIONS) {
    fprintf(stderr, "link: not a link, or one too many: %s", line);
    exit(2);
  }
  int ends[2] = {tap(process[0], device[0]), tap(process[1], device[1])};
  for (int from = 0; from < 2; from++) {
    struct direction *d = &directions[direction_count];
    *d = (struct direction){.in = ends[from], .out = ends[!from], .delay = delay * NANOS_PER_MS,
                            .jitter = jitter * NANOS_PER_MS, .loss = loss, .reorder = reorder, .rate = rate * 1e6,
                            .queue = queue * NANOS_PER_MS};
    snprintf(d->name, sizeof d->name, "%s>%s", device[from], device[!from]);
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = direction_count++};
    if (epoll_ctl(poll, EPOLL_CTL_ADD, d->in, &event) != 0) fail("epoll");
  }
}

/* Losses come in bursts: a frame starts one so often that the share of lost frames is the link's. */
static int is_lost(struct direction *d) {
  d->losing = d->losing ? chance() >= BURST_ENDS : chance() < d->loss * BURST_ENDS;
  return d->losing;
}

static void take(struct direction *d, const unsigned char *frame, int length) {
  d->frames++;
  if (is_lost(d)) {
    d->lost++;
    return;
  }
  uint64_t time = now(), start = d->line_free > time ? d->line_free : time;
  if (start - time > d->queue || heap_size >= MAX_WAITING) {
    d->dropped++;
    return;
  }
  d->line_free = start + (d->rate > 0 ? (uint64_t)((length + ETHERNET_OVERHEAD) * 8e9 / d->rate) : 0);
  double jitter = -log(1 - chance()) * d->jitter * (chance() < SPIKE ? SPIKE_FACTOR : 1);
  uint64_t arrival = d->line_free + (uint64_t)(d->delay + jitter);
  if (d->reorder > 0 && chance() < d->reorder) {
    d->reordered++;
    arrival += (uint64_t)(2 * d->jitter);
  } else {
    if (arrival < d->last_arrival) arrival = d->last_arrival;
    d->last_arrival = arrival;
  }
  static uint64_t number;
  struct waiting item = {arrival, number++, d, length, malloc(length)};
  if (!item.frame) fail("memory");
  memcpy(item.frame, frame, length);
  push(item);
}

static void deliver(void) {
  for (uint64_t time = now(); heap_size && heap[0].arrival <= time;) {
    struct waiting item = pop();
    /* A device that is down, or whose queue is full, refuses the frame: that is a drop at the queue. */
    if (write(item.direction->out, item.frame, item.length) < 0) item.direction->dropped++;
    free(item.frame);
  }
}

static void end(int signal) {
  (void)signal;
  ended = 1;
}

int main(int argc, char **argv) {
  random_state = (argc > 1 ? strtoull(argv[1], NULL, 10) : 0) * 2654435761u + 88172645463325252ull;
  signal(SIGTERM, end);
  signal(SIGINT, SIG_IGN);
  int poll = epoll_create1(EPOLL_CLOEXEC);
  char line[512];
  while (fgets(line, sizeof line, stdin) && line[0] != '\n') add_link(line, poll);
  puts("ready");
  fflush(stdout);
  static unsigned char frame[MAX_FRAME];
  while (!ended) {
    deliver();
    struct timespec wait = {1, 0};
    if (heap_size) {
      uint64_t time = now(), left = heap[0].arrival > time ? heap[0].arrival - time : 0;
      wait = (struct timespec){left / NANOS_PER_SECOND, left % NANOS_PER_SECOND};
    }
    struct epoll_event events[MAX_DIRECTIONS];
    int count = epoll_pwait2(poll, events, MAX_DIRECTIONS, &wait, NULL);
    for (int i = 0; i < count; i++) {
      struct direction *d = &directions[events[i].data.u32];
      for (int burst = 0; burst < BURST; burst++) {
        int length = read(d->in, frame, sizeof frame);
        if (length <= 0) break;
        take(d, frame, length);
      }
    }
  }
  for (int i = 0; i < direction_count; i++) {
    struct direction *d = &directions[i];
    printf("%s frames=%lu lost=%lu dropped=%lu reordered=%lu\n", d->name, d->frames, d->lost, d->dropped, d->reordered);
  }
  return 0;
}
