package dev.whorl.bench.feature;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;

/** Measurement models as JSON. */
public final class MeasurementJson {
  private static final String SHIPPED = "measurement-model.json";

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .serializationInclusion(JsonInclude.Include.NON_NULL)
          .addModule(
              new SimpleModule()
                  .addSerializer(double[].class, new Short.OfMany())
                  .addSerializer(Double.class, new Short())
                  .addSerializer(double.class, new Short()))
          .build();

  private MeasurementJson() {}

  /** The model that comes with this bench; it says on what it was fitted. */
  public static MeasurementModel shipped() {
    try (InputStream in = MeasurementJson.class.getResourceAsStream(SHIPPED)) {
      if (in == null) {
        throw new IllegalStateException(SHIPPED + " is missing");
      }
      return MAPPER.readValue(in, MeasurementModel.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if these bytes are no measurement model
   */
  public static MeasurementModel read(byte[] json) throws IOException {
    return MAPPER.readValue(json, MeasurementModel.class);
  }

  /** UTF-8 text; numbers keep seven digits. */
  public static byte[] write(MeasurementModel model) {
    try {
      return MAPPER.writeValueAsBytes(model);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Short extends JsonSerializer<Double> {
    private static final MathContext DIGITS = new MathContext(7);

    @Override
    public void serialize(Double value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      write(value, out);
    }

    private static void write(double value, JsonGenerator out) throws IOException {
      out.writeNumber(new BigDecimal(value).round(DIGITS).doubleValue());
    }

    private static final class OfMany extends JsonSerializer<double[]> {
      @Override
      public void serialize(double[] values, JsonGenerator out, SerializerProvider provider)
          throws IOException {
        out.writeStartArray();
        for (double value : values) {
          write(value, out);
        }
        out.writeEndArray();
      }
    }
  }
}
