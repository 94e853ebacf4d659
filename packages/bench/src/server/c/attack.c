// A client that keeps no manners, for some seconds. A connection that the server closes is opened again, 100 ms later.
// Arguments are name=value; `role` names the rude thing. Prints "go" once it begins and one line of JSON at the end.
#include "wire.h"
#include <poll.h>
#include <sys/resource.h>

enum { CHUNK = 1 << 16 };

static int port;
static const char *path, *message;
static int64_t until_us;
static double written;
static long opened, closed;

static void report(void) {
  printf("{\"bytes\":%.0f,\"opened\":%ld,\"closed\":%ld}\n", written, opened, closed);
  exit(0);
}

/** A connection whose handshake is done; waits until there is one, or the time is over. */
static int connected(void) {
  for (; now_us() < until_us; usleep(100000)) {
    int fd = dial(port, 0, 1);
    if (fd < 0) continue;
    struct timeval patience = {2, 0};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    char text[2048];
    int length = upgrade_request(text, sizeof text, port, path), got = 0;
    if (write(fd, text, length) == length)
      while (got < (int)sizeof text - 1 && read(fd, text + got, 1) == 1) {
        text[++got] = 0;
        if (got >= 4 && !memcmp(text + got - 4, "\r\n\r\n", 4)) break;
      }
    if (got > 12 && !memcmp(text, "HTTP/1.1 101", 12)) {
      opened++;
      unblock(fd);
      return fd;
    }
    close(fd);
  }
  report();
  return -1;
}

/** Writes the same bytes over and over; what comes back is read only by a polite one. `limit` 0 is none. */
static void pour(const uint8_t *chunk, size_t length, size_t first, double limit, int reads) {
  static char sink[CHUNK];
  int fd = connected();
  size_t at = 0;
  for (puts("go"); now_us() < until_us;) {
    struct pollfd p = {.fd = fd, .events = (limit && written >= limit ? 0 : POLLOUT) | (reads ? POLLIN : 0)};
    poll(&p, 1, 100);
    int is_lost = p.revents & (POLLERR | POLLHUP);
    if (p.revents & POLLIN) {
      ssize_t got = read(fd, sink, sizeof sink);
      is_lost |= got == 0 || (got < 0 && errno != EAGAIN);
    }
    if (p.revents & POLLOUT && !is_lost) {
      ssize_t put = write(fd, chunk + at, length - at);
      if (put > 0) written += put, at += put;
      else is_lost |= errno != EAGAIN;
      if (at == length) at = first;
    }
    if (!is_lost) continue;
    close(fd);
    closed++;
    usleep(100000);
    fd = connected();
    at = 0;
  }
}

/** As many copies of a frame as fit. */
static size_t fill(uint8_t *chunk, int first, const void *text, size_t length) {
  size_t size = put_frame(chunk, first, text, length), at = size;
  for (; at + size <= CHUNK; at += size) memcpy(chunk + at, chunk, size);
  return at;
}

/** Sockets that send a byte of their request's head now and then. */
static void drip(int count) {
  int *fds = calloc(count, sizeof *fds), *ats = calloc(count, sizeof *ats);
  char head[256], sink[4096];
  int length = snprintf(head, sizeof head, "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ", path);
  for (puts("go"); now_us() < until_us; usleep(100000))
    for (int i = 0; i < count; i++) {
      if (!fds[i] && (fds[i] = dial(port, 0, 0)) > 0) opened++, ats[i] = 0;
      if (fds[i] < 0) fds[i] = 0;
      if (!fds[i]) continue;
      const char *byte = ats[i] < length ? head + ats[i] : "x";
      ssize_t put = write(fds[i], byte, 1), got = read(fds[i], sink, sizeof sink);
      if (put == 1) written++, ats[i]++;
      if (got >= 0 || (errno != EAGAIN && errno != ENOTCONN)) close(fds[i]), fds[i] = 0, closed++;
    }
}

int main(int argc, char **argv) {
  setvbuf(stdout, NULL, _IOLBF, 1 << 12);
  signal(SIGPIPE, SIG_IGN);
  pin(number_arg(argc, argv, "core", 1));
  // Measuring clients share its core and go first.
  setpriority(PRIO_PROCESS, 0, 5);
  port = number_arg(argc, argv, "port", 0);
  path = text_arg(argc, argv, "path", "/");
  message = text_arg(argc, argv, "message", "{}");
  until_us = now_us() + number_arg(argc, argv, "seconds", 5) * 1e6;
  const char *role = text_arg(argc, argv, "role", "");
  static uint8_t chunk[CHUNK * 2];
  static const char ping[125];
  if (!strcmp(role, "flood")) pour(chunk, fill(chunk, FIN | OP_TEXT, message, strlen(message)), 0, 0, 1);
  else if (!strcmp(role, "unread"))
    pour(chunk, fill(chunk, FIN | OP_TEXT, message, strlen(message)), 0, number_arg(argc, argv, "bytes", 1e7), 0);
  else if (!strcmp(role, "pings")) pour(chunk, fill(chunk, FIN | OP_PING, ping, sizeof ping), 0, 0, 0);
  else if (!strcmp(role, "fragments")) {
    size_t first = put_frame(chunk, OP_TEXT, "\"", 1);
    pour(chunk, first + fill(chunk + first, OP_CONTINUE, "a", 1), first, 0, 0);
  } else if (!strcmp(role, "drip")) drip(number_arg(argc, argv, "sockets", 500));
  else if (!strcmp(role, "stall")) {
    connected();
    puts("go");
    while (now_us() < until_us) usleep(100000);
  } else {
    fprintf(stderr, "attack: there is no role \"%s\"\n", role);
    return 2;
  }
  report();
}
