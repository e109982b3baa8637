package io.caracal.engine.onnx.internal;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where sessions run.
 *
 * @param cuda false for the CPU
 * @param index number of the CUDA device
 */
record Device(boolean cuda, int index) {
  static final Device CPU = new Device(false, 0);

  private static final Logger LOG = LoggerFactory.getLogger(Device.class);

  /** Without these the CUDA provider cannot be loaded; asking costs nothing, extracting it does. */
  private static final List<String> CUDA_LIBRARIES = List.of("libcuda.so.1", "libcublasLt.so.12");

  /**
   * The device that the setting asks for, or the CPU with one message that says why; the flavour
   * without CUDA says nothing of it unless it is asked for.
   */
  static Device choose(DeviceSetting setting, Natives natives) {
    if (!setting.cuda()) {
      return CPU;
    }
    Device wanted = new Device(true, setting.index());
    Optional<String> obstacle = wanted.obstacle(natives);
    if (obstacle.isEmpty()) {
      return wanted;
    }
    if (setting.asked()) {
      LOG.warn("{} is not usable, so models run on the CPU: {}", wanted.text(), obstacle.get());
    } else if (compiledIn()) {
      LOG.info("models run on the CPU: {}", obstacle.get());
    }
    return CPU;
  }

  /** What the list of providers says: not what works here. */
  private static boolean compiledIn() {
    return OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA);
  }

  private Optional<String> obstacle(Natives natives) {
    if (!compiledIn()) {
      return Optional.of("this build of the engine is the one without CUDA");
    }
    for (String library : CUDA_LIBRARIES) {
      if (!present(library)) {
        return Optional.of(library + " is not on this machine");
      }
    }
    try {
      if (!natives.extractCuda()) {
        return Optional.of("this build of the engine carries no CUDA provider");
      }
      try (SessionOptions options = new SessionOptions()) {
        addTo(options);
      }
      return Optional.empty();
    } catch (OrtException | IOException e) {
      return Optional.of(e.getMessage());
    }
  }

  private static boolean present(String library) {
    try (Arena arena = Arena.ofConfined()) {
      SymbolLookup.libraryLookup(library, arena);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Makes sessions of these options run here. */
  void addTo(SessionOptions options) throws OrtException {
    if (!cuda) {
      return;
    }
    try (OrtCUDAProviderOptions provider = new OrtCUDAProviderOptions(index)) {
      // TF32 keeps three decimal digits; batches have any size, so no search per shape.
      provider.add("use_tf32", "0");
      provider.add("cudnn_conv_algo_search", "HEURISTIC");
      options.addCUDA(provider);
    }
  }

  /** {@code cpu} or {@code cuda:N}. */
  String text() {
    return cuda ? "cuda:" + index : "cpu";
  }
}
