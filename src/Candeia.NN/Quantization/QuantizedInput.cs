namespace Candeia.NN;

/// <summary>How a layer keeps the scale of its inputs: as buffers, so that it is saved and loaded.</summary>
internal static class QuantizedInput
{
    public static (Tensor? Scale, Tensor? ZeroPoint, int QuantMax) State(InputQuantization input) => input.Scale is { } scale
        ? (Tensor.Scalar(scale, DType.Float32, Device.Cpu).Clone().Keep(), Tensor.Scalar((long)input.ZeroPoint, DType.Int64, Device.Cpu).Clone().Keep(), input.QuantMax)
        : (null, null, input.QuantMax);

    public static InputQuantization Of(Tensor? scale, Tensor? zero, int quantMax) => scale is null ? new(QuantMax: quantMax) : new(scale.Item(), (int)zero!.Item(), quantMax);
}
