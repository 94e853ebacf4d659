// What the load generator, the attacker and the floor share: arguments, clock, sockets, RFC 6455 frames.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { OP_CONTINUE = 0, OP_TEXT = 1, OP_CLOSE = 8, OP_PING = 9, OP_PONG = 10, FIN = 0x80 };

/** A moment in a text is "@@" and this many digits of microseconds. */
#define MARK_DIGITS 13

__attribute__((noreturn, unused)) static void fail(const char *what) {
  fprintf(stderr, "%s: %s\n", what, strerror(errno));
  exit(1);
}

/** CLOCK_MONOTONIC in microseconds: the clock that process.hrtime reads, too. */
static int64_t now_us(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/** The value of `name=value` among the arguments. */
__attribute__((unused)) static const char *text_arg(int argc, char **argv, const char *name, const char *or_else) {
  size_t length = strlen(name);
  for (int i = 1; i < argc; i++)
    if (!strncmp(argv[i], name, length) && argv[i][length] == '=') return argv[i] + length + 1;
  return or_else;
}

__attribute__((unused)) static double number_arg(int argc, char **argv, const char *name, double or_else) {
  const char *text = text_arg(argc, argv, name, NULL);
  return text ? atof(text) : or_else;
}

/** Keeps this process on one core, its timers exact, and ends it with the one that started it. */
__attribute__((unused)) static void pin(int core) {
  cpu_set_t cores;
  CPU_ZERO(&cores);
  CPU_SET(core, &cores);
  if (sched_setaffinity(0, sizeof cores, &cores)) fail("sched_setaffinity");
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  prctl(PR_SET_TIMERSLACK, 1);
}

__attribute__((unused)) static void unblock(int fd) { fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK); }

/** A socket to 127.0.0.1:port that comes from 127.0.0.1 + offset; -1 when the connection is refused at once. */
__attribute__((unused)) static int dial(int port, int offset, int is_blocking) {
  int fd = socket(AF_INET, SOCK_STREAM, 0), one = 1;
  if (fd < 0) fail("socket");
  struct sockaddr_in from = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK + offset)};
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  setsockopt(fd, IPPROTO_IP, 24 /* IP_BIND_ADDRESS_NO_PORT */, &one, sizeof one);
  if (offset && bind(fd, (struct sockaddr *)&from, sizeof from)) fail("bind");
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  // A reset instead of a minute in TIME_WAIT: rounds follow each other.
  struct linger now = {1, 0};
  setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
  if (!is_blocking) unblock(fd);
  if (connect(fd, (struct sockaddr *)&to, sizeof to) && errno != EINPROGRESS) {
    close(fd);
    return -1;
  }
  return fd;
}

__attribute__((unused)) static int upgrade_request(char *into, size_t size, int port, const char *path) {
  return snprintf(into, size,
                  "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n",
                  path, port);
}

/** Writes a masked frame of at most 65,535 bytes (RFC 6455 section 5.2) and returns its length. */
__attribute__((unused)) static size_t put_frame(uint8_t *into, int first, const void *text, size_t length) {
  static const uint8_t key[4] = {0x5a, 0xc3, 0x17, 0x9e};
  size_t at = 0;
  into[at++] = first;
  if (length < 126) into[at++] = 0x80 | length;
  else {
    into[at++] = 0x80 | 126;
    into[at++] = length >> 8;
    into[at++] = length;
  }
  memcpy(into + at, key, 4);
  at += 4;
  for (size_t i = 0; i < length; i++) into[at++] = ((const uint8_t *)text)[i] ^ key[i & 3];
  return at;
}

/** Writes a moment into the MARK_DIGITS characters of a mark. */
__attribute__((unused)) static void put_mark(char *digits, int64_t us) {
  for (int i = MARK_DIGITS - 1; i >= 0; i--, us /= 10) digits[i] = '0' + us % 10;
}
