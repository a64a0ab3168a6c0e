package dev.whorl.common.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.whorl.common.envelope.Envelope;
import dev.whorl.common.envelope.SigningKey;
import dev.whorl.common.mqtt.Header;
import dev.whorl.common.mqtt.Topic;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SchemasTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String HEX = "\"" + "0a".repeat(32) + "\"";
  private static final Map<Topic, String> BODIES =
      Map.ofEntries(
          Map.entry(Topic.STATUS, "'status':'online','session':'s1'"),
          Map.entry(Topic.BIRTH, "'agent_version':'1','key_id':'0123456789abcdef','profile':{}"),
          Map.entry(
              Topic.STATE,
              "'phase':'IDLE','run':null,'slots':[{'slot_mm':[1,2],'state':'clear'}],'host':'held','fault':null"),
          Map.entry(Topic.TELEMETRY, "'nozzle_c':210.5,'outbox_depth':0"),
          Map.entry(Topic.EVENT, "'printer':'a','kind':'run-aborted','detail':{'why':'x'}"),
          Map.entry(Topic.ENROL, "'printer':'a','public_key':'x','proof':" + HEX),
          Map.entry(
              Topic.FINGERPRINT,
              "'printer':'a','run':'r-1','coupon':'standard-1:ab','environment':{},"
                  + "'fingerprint':{'v':1,'algorithm':'1','components':{'axis_x':{}}},"
                  + "'frames':{'e.png':"
                  + HEX
                  + "}"),
          Map.entry(
              Topic.RECEIPT, "'printer':'a','digest':" + HEX + ",'result':'stored','reason':''"),
          Map.entry(
              Topic.VERDICT,
              "'printer':'a','run':'r-1','digest':"
                  + HEX
                  + ",'log10_lr':3.5,'verdict':'match',"
                  + "'event':'none','components':{'nozzle':{'log10_lr':2,'changed':0.01}},"
                  + "'template':'updated','other':null"),
          Map.entry(
              Topic.CMD,
              "'printer':'a','id':'c1','verb':'abort','not_after':'2026-11-24T20:00:00Z'"),
          Map.entry(Topic.REPLY, "'printer':'a','id':'c1','ok':true,'reason':''"));

  private static ObjectNode payload(Topic topic) throws Exception {
    ObjectNode node =
        new Header(1, 1, "boot-0001", 5, Instant.parse("2026-11-24T20:00:00.5Z"), true).toJson();
    node.setAll((ObjectNode) JSON.readTree("{" + BODIES.get(topic).replace('\'', '"') + "}"));
    return node;
  }

  @ParameterizedTest
  @EnumSource(Topic.class)
  void shouldAcceptAGoodPayload(Topic topic) throws Exception {
    byte[] bytes = JSON.writeValueAsBytes(payload(topic));
    assertThatCode(() -> Schemas.validate(topic, bytes)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @EnumSource(Topic.class)
  void shouldRefuseAPayloadWithoutAnyOneOfItsHeaderFields(Topic topic) throws Exception {
    for (String field : new String[] {"v", "seq", "boot_id", "uptime_ms", "time", "time_synced"}) {
      ObjectNode without = payload(topic).without(field);
      assertThatThrownBy(() -> Schemas.validate(topic, JSON.writeValueAsBytes(without)))
          .isInstanceOf(SchemaException.class)
          .hasMessageContaining(field);
    }
  }

  @Test
  void shouldRefuseUnknownFieldsAndWrongKinds() throws Exception {
    assertThatThrownBy(
            () ->
                Schemas.validate(
                    Topic.RECEIPT,
                    JSON.writeValueAsBytes(payload(Topic.RECEIPT).put("surplus", 1))))
        .isInstanceOf(SchemaException.class);
    assertThatThrownBy(
            () ->
                Schemas.validate(
                    Topic.RECEIPT,
                    JSON.writeValueAsBytes(payload(Topic.RECEIPT).put("result", "maybe"))))
        .isInstanceOf(SchemaException.class);
    assertThatThrownBy(() -> Schemas.validate(Topic.RECEIPT, "{".getBytes(UTF_8)))
        .hasMessage("not JSON");
    assertThatThrownBy(() -> Schemas.validate(Topic.RECEIPT, new byte[0]))
        .isInstanceOf(SchemaException.class);
  }

  @Test
  void shouldAcceptTheEnvelopesThatAreMade() throws Exception {
    Envelope envelope =
        Envelope.sign(
            Topic.EVENT.payloadType(),
            "{}".getBytes(UTF_8),
            SigningKey.generate(new SecureRandom()));
    assertThat(Schemas.validate(Schemas.ENVELOPE, envelope.toBytes()).get("payload").textValue())
        .isEqualTo("e30=");
  }
}
