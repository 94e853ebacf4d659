// The least a server can do: one write(2) of ready bytes per subscriber and message. What others take longer is theirs.
// Arguments are name=value. Prints "listening PORT"; publishes once so many clients are there, until it is ended.
#include "wire.h"
#include <sys/timerfd.h>

int main(int argc, char **argv) {
  setvbuf(stdout, NULL, _IOLBF, 1 << 12);
  signal(SIGPIPE, SIG_IGN);
  pin(number_arg(argc, argv, "core", 0));
  int clients = number_arg(argc, argv, "clients", 1000), size = number_arg(argc, argv, "bytes", 200);
  double rate = number_arg(argc, argv, "rate", 40);
  int listener = socket(AF_INET, SOCK_STREAM, 0), one = 1;
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof address;
  if (bind(listener, (struct sockaddr *)&address, length) || listen(listener, 511)) fail("listen");
  getsockname(listener, (struct sockaddr *)&address, &length);
  printf("listening %d\n", ntohs(address.sin_port));
  int *fds = calloc(clients, sizeof *fds);
  static const char answer[] =
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
  for (int i = 0; i < clients; i++) {
    char request[2048];
    if ((fds[i] = accept(listener, NULL, NULL)) < 0) fail("accept");
    setsockopt(fds[i], IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (read(fds[i], request, sizeof request) <= 0) fail("read");
    if (write(fds[i], answer, sizeof answer - 1) < 0) fail("write");
    unblock(fds[i]);
  }
  uint8_t *frame = malloc(size + 4);
  int head = size < 126 ? 2 : 4;
  frame[0] = FIN | OP_TEXT;
  frame[1] = size < 126 ? size : 126;
  if (size >= 126) frame[2] = size >> 8, frame[3] = size;
  memset(frame + head, 'x', size);
  int timer = timerfd_create(CLOCK_MONOTONIC, 0);
  long every = 1e9 / rate;
  struct itimerspec tick = {{every / 1000000000, every % 1000000000}, {every / 1000000000, every % 1000000000}};
  timerfd_settime(timer, 0, &tick, NULL);
  for (long n = 0;; n++) {
    uint64_t ticks;
    if (read(timer, &ticks, sizeof ticks) < 0) fail("timer");
    char *text = (char *)frame + head;
    memcpy(text, "@@", 2);
    put_mark(text + 2, now_us());
    sprintf(text + 2 + MARK_DIGITS, "\"offset\":%ld,", n);
    for (int i = 0; i < clients; i++)
      if (write(fds[i], frame, head + size) != head + size && errno != EAGAIN) return 0;
  }
}
