package io.caracal.alert.email.internal;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Properties;

/** Hands mails to the server: all recipients are accepted, or the mail has failed. */
final class Mailer {
  private static final String UTF_8 = StandardCharsets.UTF_8.name();

  private final EmailSettings settings;

  Mailer(EmailSettings settings) {
    this.settings = settings;
  }

  /**
   * Sends a digest.
   *
   * @throws IOException with a sentence for the operator
   */
  void send(Digest digest, Instant now) throws IOException {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    // Where the library looks for its parts.
    thread.setContextClassLoader(Session.class.getClassLoader());
    try {
      Session session = Session.getInstance(properties());
      MimeMessage message = message(session, digest, now);
      try (Transport transport = session.getTransport("smtp")) {
        connect(transport);
        transport.sendMessage(message, message.getAllRecipients());
      }
    } catch (MessagingException e) {
      throw new IOException(
          "the mail server "
              + settings.host()
              + ":"
              + settings.port()
              + " did not take a mail: "
              + Digest.plain(String.valueOf(e.getMessage()))
              + remedy(e),
          e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private void connect(Transport transport) throws MessagingException, IOException {
    if (settings.password().isPresent()) {
      transport.connect(settings.user(), settings.password().get().read());
    } else {
      transport.connect();
    }
  }

  private static String remedy(MessagingException e) {
    return switch (e) {
      case AuthenticationFailedException failed ->
          "; check email.user and what email.password-file holds";
      case SendFailedException failed -> "; check email.from and email.to";
      default -> "";
    };
  }

  private Properties properties() throws IOException {
    Properties properties = new Properties();
    String millis = Long.toString(settings.timeout().toMillis());
    properties.put("mail.smtp.host", settings.host());
    properties.put("mail.smtp.port", Integer.toString(settings.port()));
    properties.put("mail.smtp.connectiontimeout", millis);
    properties.put("mail.smtp.timeout", millis);
    properties.put("mail.smtp.writetimeout", millis);
    properties.put("mail.smtp.auth", Boolean.toString(settings.password().isPresent()));
    properties.put("mail.smtp.localhost", settings.domain());
    properties.put("mail.smtp.from", settings.from().getAddress());
    switch (settings.security()) {
      case STARTTLS -> {
        properties.put("mail.smtp.starttls.enable", "true");
        properties.put("mail.smtp.starttls.required", "true");
      }
      case TLS -> properties.put("mail.smtp.ssl.enable", "true");
      case NONE -> {
        return properties;
      }
    }
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    properties.put("mail.smtp.ssl.socketFactory", settings.tls().context().getSocketFactory());
    return properties;
  }

  /** RFC 5322, with headers of RFC 2919 (List-Id) and RFC 3834 (Auto-Submitted). */
  private MimeMessage message(Session session, Digest digest, Instant now)
      throws MessagingException {
    MimeMessage message =
        new MimeMessage(session) {
          @Override
          protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", "<" + digest.id() + "@" + settings.domain() + ">");
          }
        };
    message.setFrom(settings.from());
    message.setRecipients(
        MimeMessage.RecipientType.TO, settings.to().toArray(InternetAddress[]::new));
    message.setSubject(digest.subject(), UTF_8);
    message.setSentDate(Date.from(now));
    message.setHeader("List-Id", "Caracal alerts <caracal." + settings.domain() + ">");
    message.setHeader("Auto-Submitted", "auto-generated");
    if (digest.urgent()) {
      message.setHeader("Importance", "high");
    }
    MimeBodyPart text = new MimeBodyPart();
    text.setText(Body.text(digest), UTF_8, "plain");
    MimeBodyPart html = new MimeBodyPart();
    html.setText(Body.html(digest), UTF_8, "html");
    message.setContent(new MimeMultipart("alternative", text, html));
    message.saveChanges();
    return message;
  }
}
