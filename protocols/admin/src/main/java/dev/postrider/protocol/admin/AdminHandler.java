package dev.postrider.protocol.admin;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands a complete request to the API on a thread that may block. */
@SuppressWarnings("FutureReturnValueIgnored") // connections are closed and forgotten
final class AdminHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

  private static final Logger LOG = LoggerFactory.getLogger(AdminHandler.class);

  private final AdminApi api;
  private final Executor questions;

  AdminHandler(AdminApi api, Executor questions) {
    this.api = api;
    this.questions = questions;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest message) {
    AdminRequest request;
    try {
      request =
          AdminRequest.of(
              message.method().name(), message.uri(), ByteBufUtil.getBytes(message.content()));
    } catch (IllegalArgumentException e) {
      Responses.send(context, 400, "{\"ok\":false}");
      return;
    }
    // Waiting for our own answer is not the client's delay.
    context.pipeline().remove(ReadTimeoutHandler.class);
    questions.execute(() -> answer(context, request));
  }

  private void answer(ChannelHandlerContext context, AdminRequest request) {
    try {
      AdminResponse response = api.answer(request);
      LOG.debug("{} {} answered {}", request.method(), request.path(), response.status());
      Responses.send(context, response.status(), response.contentType(), api.written(response));
    } catch (RuntimeException e) {
      LOG.error("{} {} failed", request.method(), request.path(), e);
      Responses.send(
          context, 500, "{\"done\":false,\"text\":\"a fault of the server, see its log\"}");
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOG.debug("admin connection of {} ends", context.channel().remoteAddress(), cause);
    context.close();
  }
}
