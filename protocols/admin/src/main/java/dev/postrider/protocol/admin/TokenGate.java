package dev.postrider.protocol.admin;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;

/**
 * Lets only requests with the token pass, before any of their body is kept. {@code GET /health} is
 * answered to everybody and tells nothing but that the server lives.
 */
final class TokenGate extends ChannelInboundHandlerAdapter {

  private final AdminToken token;
  private boolean open;

  TokenGate(AdminToken token) {
    this.token = token;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest request) {
      String authorization = request.headers().get(HttpHeaderNames.AUTHORIZATION, "");
      open = request.decoderResult().isSuccess() && token.isIn(authorization);
      if (!open) {
        boolean health = request.method().equals(HttpMethod.GET) && request.uri().equals("/health");
        Responses.send(context, health ? 200 : 401, health ? "{\"ok\":true}" : "{\"ok\":false}");
      }
    }
    if (open) {
      context.fireChannelRead(message);
    } else {
      ReferenceCountUtil.release(message);
    }
  }
}
