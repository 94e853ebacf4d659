// Clients of a WebSocket server: connects them, has each send at its rate, and measures what arrives.
// Arguments are name=value. Lines on stdout: "open" with how many clients could not, "start", "end", then one line of JSON.
#include "wire.h"
#include <sys/timerfd.h>

enum { CONNECTING, UPGRADING, JOINING, OPEN, GONE };
enum { MAX_BUCKETS = 1 << 22, READ_SIZE = 1 << 18, AT_ONCE = 64 };

struct conn {
  int fd, state;
  uint8_t *kept;
  size_t kept_length;
  int64_t offset;
};

static struct conn *conns;
static int count, port, is_sio, poller, opened, pending, gone, refused;
static int addresses;
static char request[2048];
static const char *path;
static int64_t start_us, end_us;
static long sent, unsent, delivered, arrived, gaps, doubles;
static double bytes;
static uint32_t *buckets;
static uint8_t reading[READ_SIZE * 2];

static void drop(struct conn *c) {
  if (c->state == GONE) return;
  if (c->state == OPEN) gone++;
  else pending--, refused++;
  close(c->fd);
  c->state = GONE;
}

static void send_frame(struct conn *c, int op, const void *text, size_t length) {
  uint8_t frame[4096];
  size_t size = put_frame(frame, FIN | op, text, length);
  if (write(c->fd, frame, size) != (ssize_t)size) unsent++;
}

static void joined(struct conn *c) {
  c->state = OPEN;
  opened++;
  pending--;
}

/** A text with a mark is measured; what carries an offset has to follow the one before it. */
static void on_text(struct conn *c, const uint8_t *text, size_t length) {
  if (is_sio && length && text[0] == '2') return send_frame(c, OP_TEXT, "3", 1);
  if (is_sio && c->state == JOINING) {
    if (text[0] == '0') send_frame(c, OP_TEXT, "40", 2);
    else if (length > 1 && !memcmp(text, "40", 2)) joined(c);
    return;
  }
  const char *mark = memmem(text, length, "@@", 2);
  if (!mark || mark + 2 + MARK_DIGITS > (const char *)text + length) return;
  int64_t at = 0, now = now_us();
  for (int i = 0; i < MARK_DIGITS; i++) at = at * 10 + (mark[2 + i] - '0');
  const char *offset = memmem(text, length, "\"offset\":", 9);
  if (offset) {
    int64_t value = 0;
    for (const char *p = offset + 9; *p >= '0' && *p <= '9'; p++) value = value * 10 + (*p - '0');
    if (c->offset >= 0 && value > c->offset + 1) gaps += value - c->offset - 1;
    if (c->offset >= 0 && value <= c->offset) doubles++;
    c->offset = value;
  }
  if (now >= start_us && now < end_us) arrived++;
  if (at < start_us || at >= end_us) return;
  delivered++;
  bytes += length;
  int64_t us = now - at;
  buckets[us < 0 ? 0 : us >= MAX_BUCKETS ? MAX_BUCKETS - 1 : us]++;
}

/** Handles the whole frames (unmasked, RFC 6455 section 5.2) and returns how many bytes they had. */
static size_t on_bytes(struct conn *c, const uint8_t *data, size_t length) {
  size_t at = 0;
  while (c->state != GONE && length - at >= 2) {
    size_t size = data[at + 1] & 127, head = 2;
    if (size == 126) {
      if (length - at < 4) break;
      size = data[at + 2] << 8 | data[at + 3];
      head = 4;
    } else if (size == 127) {
      if (length - at < 10) break;
      size = (size_t)data[at + 6] << 24 | data[at + 7] << 16 | data[at + 8] << 8 | data[at + 9];
      head = 10;
    }
    if (length - at < head + size) break;
    int op = data[at] & 15;
    if (op == OP_TEXT) on_text(c, data + at + head, size);
    else if (op == OP_PING) send_frame(c, OP_PONG, data + at + head, size);
    else if (op == OP_CLOSE) drop(c);
    at += head + size;
  }
  return at;
}

static void on_readable(struct conn *c) {
  uint8_t *data = reading;
  size_t length = c->kept_length;
  memcpy(data, c->kept, length);
  ssize_t got = recv(c->fd, data + length, READ_SIZE, 0);
  if (got <= 0) {
    if (got == 0 || errno != EAGAIN) drop(c);
    return;
  }
  length += got;
  if (c->state == UPGRADING) {
    uint8_t *end = memmem(data, length, "\r\n\r\n", 4);
    if (end) {
      if (memcmp(data, "HTTP/1.1 101", 12)) return drop(c);
      length -= end + 4 - data;
      data = end + 4;
      if (is_sio) c->state = JOINING;
      else joined(c);
    }
  }
  size_t used = c->state == JOINING || c->state == OPEN ? on_bytes(c, data, length) : 0;
  if (c->state == GONE) return;
  size_t left = length - used;
  if (left > READ_SIZE) return drop(c);
  if (left != c->kept_length || left) {
    c->kept = realloc(c->kept, left ? left : 1);
    memcpy(c->kept, data + used, left);
    c->kept_length = left;
  }
}

static void on_event(struct epoll_event *event) {
  struct conn *c = &conns[event->data.u32];
  if (c->state == GONE) return;
  if (c->state == CONNECTING) {
    if (event->events & (EPOLLERR | EPOLLHUP)) return drop(c);
    struct epoll_event in = {.events = EPOLLIN, .data.u32 = event->data.u32};
    epoll_ctl(poller, EPOLL_CTL_MOD, c->fd, &in);
    c->state = UPGRADING;
    if (write(c->fd, request, strlen(request)) < 0) drop(c);
    return;
  }
  on_readable(c);
}

static void turn(int timeout_ms) {
  struct epoll_event events[512];
  int ready = epoll_wait(poller, events, 512, timeout_ms);
  for (int i = 0; i < ready; i++)
    if (events[i].data.u32 != UINT32_MAX) on_event(&events[i]);
}

/** Opens all connections, AT_ONCE at a time; gives up after a minute. */
static void open_all(void) {
  int64_t deadline = now_us() + 60000000;
  for (int next = 0; (next < count || pending > 0) && now_us() < deadline;) {
    while (next < count && pending < AT_ONCE) {
      struct conn *c = &conns[next];
      *c = (struct conn){.fd = dial(port, next % addresses, 0), .kept = malloc(1), .offset = -1};
      if (c->fd < 0) fail("connect");
      struct epoll_event out = {.events = EPOLLOUT, .data.u32 = next++};
      epoll_ctl(poller, EPOLL_CTL_ADD, c->fd, &out);
      pending++;
    }
    turn(100);
  }
}

/** Sends what is due, spread evenly over clients and time. */
static void send_due(const char *message, double rate, int64_t begin, int64_t until, long *next) {
  char text[4096];
  size_t length = strlen(message);
  memcpy(text, message, length + 1);
  char *mark = strstr(text, "@@");
  for (int64_t now = now_us(); now < until && (now - begin) * 1e-6 * rate * count >= *next; now = now_us()) {
    struct conn *c = &conns[(*next)++ % count];
    if (c->state != OPEN) continue;
    if (mark) put_mark(mark + 2, now);
    send_frame(c, OP_TEXT, text, length);
    if (now >= start_us && now < end_us) sent++;
  }
}

static void report(void) {
  printf("{\"opened\":%d,\"refused\":%d,\"gone\":%d,\"sent\":%ld,\"unsent\":%ld,\"delivered\":%ld,\"arrived\":%ld,"
         "\"gaps\":%ld,\"doubles\":%ld,\"bytes\":%.0f,\"seconds\":%.6f,\"histogram\":[",
         opened, refused, gone, sent, unsent, delivered, arrived, gaps, doubles, bytes, (end_us - start_us) * 1e-6);
  const char *comma = "";
  for (int i = 0; i < MAX_BUCKETS; i++)
    if (buckets[i]) printf("%s[%d,%u]", comma, i, buckets[i]), comma = ",";
  printf("]}\n");
}

int main(int argc, char **argv) {
  setvbuf(stdout, NULL, _IOLBF, 1 << 16);
  signal(SIGPIPE, SIG_IGN);
  pin(number_arg(argc, argv, "core", 1));
  port = number_arg(argc, argv, "port", 0);
  count = number_arg(argc, argv, "clients", 1);
  addresses = number_arg(argc, argv, "addresses", 1);
  path = text_arg(argc, argv, "path", "/");
  is_sio = !strcmp(text_arg(argc, argv, "protocol", "ws"), "socket.io");
  const char *message = text_arg(argc, argv, "message", "");
  double rate = number_arg(argc, argv, "rate", 0);
  conns = calloc(count, sizeof *conns);
  buckets = calloc(MAX_BUCKETS, sizeof *buckets);
  poller = epoll_create1(0);
  upgrade_request(request, sizeof request, port, path);
  open_all();
  printf("open %d\n", refused + pending);
  int timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
  struct epoll_event tick = {.events = EPOLLIN | EPOLLET, .data.u32 = UINT32_MAX};
  epoll_ctl(poller, EPOLL_CTL_ADD, timer, &tick);
  int64_t begin = now_us();
  start_us = begin + number_arg(argc, argv, "warm", 1) * 1e6;
  end_us = start_us + number_arg(argc, argv, "seconds", 1) * 1e6;
  int64_t last = end_us + number_arg(argc, argv, "drain", 0.5) * 1e6;
  long next = 0;
  for (int phase = 0; phase < 3;) {
    int64_t until = phase == 0 ? start_us : phase == 1 ? end_us : last, now = now_us();
    if (now >= until) {
      if (phase < 2) puts(phase ? "end" : "start");
      phase++;
      continue;
    }
    int64_t due = until;
    if (rate > 0 && now < end_us) {
      send_due(message, rate, begin, end_us, &next);
      due = begin + next / (rate * count) * 1e6;
      if (due > until) due = until;
    }
    struct itimerspec at = {.it_value = {due / 1000000, due % 1000000 * 1000}};
    timerfd_settime(timer, TFD_TIMER_ABSTIME, &at, NULL);
    turn(100);
  }
  report();
  return 0;
}
