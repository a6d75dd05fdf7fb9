using Candeia.Kernels;

namespace Candeia.Bench;

/// <summary>
/// The convolutions of the correlation network with ReLU and pooling, and some of other networks. Operations are counted directly, so that Winograd's
/// filtering may exceed the peak.
/// </summary>
public class ConvolutionBench : KernelBench
{
    static readonly KernelCase[] s_cases =
    [
        Forward("conv1", new(64, 1, 130, 130, 32, 3, 3), ConvPool.Average), Backward("conv1", new(64, 1, 130, 130, 32, 3, 3), ConvPool.Average, input: false),
        Forward("conv2", new(64, 32, 64, 64, 64, 3, 3), ConvPool.Average), Backward("conv2", new(64, 32, 64, 64, 64, 3, 3), ConvPool.Average),
        Forward("conv2 direct", new(64, 32, 64, 64, 64, 3, 3), ConvPool.Average, winograd: false), Backward("conv2 direct", new(64, 32, 64, 64, 64, 3, 3), ConvPool.Average, winograd: false),
        Forward("conv3", new(64, 64, 31, 31, 128, 3, 3), ConvPool.Average), Backward("conv3", new(64, 64, 31, 31, 128, 3, 3), ConvPool.Average),
        Forward("conv3 direct", new(64, 64, 31, 31, 128, 3, 3), ConvPool.Average, winograd: false), Backward("conv3 direct", new(64, 64, 31, 31, 128, 3, 3), ConvPool.Average, winograd: false),
        Forward("1×1", new(16, 256, 28, 28, 64, 1, 1)), Backward("1×1", new(16, 256, 28, 28, 64, 1, 1)),
        Forward("stride 2", new(16, 64, 56, 56, 128, 3, 3) { StrideHeight = 2, StrideWidth = 2, PaddingHeight = 1, PaddingWidth = 1 }),
        Forward("7×7", new(8, 3, 224, 224, 64, 7, 7) { StrideHeight = 2, StrideWidth = 2, PaddingHeight = 3, PaddingWidth = 3 }),
        Forward("depthwise", new(16, 128, 56, 56, 128, 3, 3) { Groups = 128, PaddingHeight = 1, PaddingWidth = 1 }),
        Backward("depthwise", new(16, 128, 56, 56, 128, 3, 3) { Groups = 128, PaddingHeight = 1, PaddingWidth = 1 }),
    ];

    /// <inheritdoc/>
    protected override IEnumerable<KernelCase> Cases => s_cases;

    static double Flop(ConvShape s) => 2.0 * s.Batch * s.OutHeight * s.OutWidth * s.OutChannels * s.GroupIn * s.Taps;

    static nint Numbers(ConvShape s) => (nint)s.Batch * s.Height * s.Width * s.InChannels;

    static nint Outputs(ConvShape s, int step) => (nint)s.Batch * (s.OutHeight / step) * (s.OutWidth / step) * s.OutChannels;

    static string Title(string name, string way, ConvShape s) => $"{name} {way} {s.InChannels}→{s.OutChannels} {s.Height}×{s.Width}";

    static unsafe KernelCase Forward(string name, ConvShape s, ConvPool pool = ConvPool.None, bool winograd = true) =>
        new(Title(name, "forward", s), Flop(s), false, kernel =>
        {
            float* x = kernel.Fill<float>(Numbers(s)), w = kernel.Fill<float>((nint)s.OutChannels * s.GroupIn * s.Taps), b = kernel.Fill<float>(s.OutChannels);
            float* y = kernel.Fill<float>(Outputs(s, pool == ConvPool.None ? 1 : 2));
            byte* mask = pool == ConvPool.None ? null : kernel.Fill<byte>((nint)Convolution.MaskBytes(s));
            return () =>
            {
                using var way = Rounding.AllowWinograd(winograd);
                Convolution.Forward(s, x, w, b, y, new(true, double.PositiveInfinity, pool), mask);
            };
        });

    static unsafe KernelCase Backward(string name, ConvShape s, ConvPool pool = ConvPool.None, bool input = true, bool winograd = true) =>
        new(Title(name, "backward", s), (input ? 2 : 1) * Flop(s), false, kernel =>
        {
            float* x = kernel.Fill<float>(Numbers(s)), w = kernel.Fill<float>((nint)s.OutChannels * s.GroupIn * s.Taps), b = kernel.Fill<float>(s.OutChannels);
            float* dy = kernel.Fill<float>(Outputs(s, pool == ConvPool.None ? 1 : 2)), dx = input ? kernel.Fill<float>(Numbers(s)) : null, dw = kernel.Fill<float>((nint)s.OutChannels * s.GroupIn * s.Taps);
            byte* mask = pool == ConvPool.None ? null : kernel.Fill<byte>((nint)Convolution.MaskBytes(s));
            if (mask != null) Convolution.Forward(s, x, w, b, kernel.Fill<float>(Outputs(s, 2)), new(true, double.PositiveInfinity, pool), mask);
            return () =>
            {
                using var way = Rounding.AllowWinograd(winograd);
                Convolution.Backward(s, x, w, dy, dx, dw, b, null, pool, mask);
            };
        });
}
