using System.Numerics;
using System.Numerics.Tensors;
using static System.Math;

namespace Candeia.Kernels;

/// <summary>
/// The gradient of a convolution's input, which is the transposed convolution, the other way round: each pixel of the output's gradient times all weights is one product,
/// whose numbers are added to the inputs that the pixel saw. Where an image is little more than its border, <see cref="InputGradient{V, T}"/> would mostly multiply zeros, and
/// with a channel or two its registers would be almost empty. An item is some images.
/// </summary>
internal readonly unsafe struct InputProduct<V, T> : IWork where V : unmanaged, ISimd<V> where T : unmanaged, IFloatingPointIeee754<T>
{
    const int FewChannels = 2, TilePixels = 28, FewNumbers = 8;

    readonly ConvShape _shape;
    readonly Panels _panels;                                     // of [kh][kw][ic]
    readonly byte* _dy, _packed;
    readonly T* _dx;
    readonly int _images;

    InputProduct(in ConvShape shape, Panels panels, T* dy, T* dx, byte* packed)
    {
        (_shape, _panels) = (shape, panels);
        _dy = (byte*)dy; _dx = dx; _packed = packed;
        _images = Clamp(TilePixels / (shape.OutHeight * shape.OutWidth), 1, Max(1, shape.Batch / 4));
    }

    /// <summary>Whether that is less work.</summary>
    public static bool Suits(in ConvShape shape)
    {
        bool few = shape.InChannels <= FewChannels && shape.Taps > 1 && shape.OutChannels >= V.Size / V.Element && V.Size > V.Element;
        return shape.Groups == 1 && (few || shape.Width >= 2L * shape.StrideWidth * shape.OutWidth && shape.KernelWidth > 1);
    }

    public static void Run(in ConvShape shape, T* weight, T* dy, T* dx)
    {
        var panels = new Panels(shape.Taps * shape.InChannels, 1, 2 * V.Size / sizeof(T));
        using var scratch = Scratch.Rent((nint)shape.OutChannels * panels.Padded * sizeof(T));
        Workers.Run(shape.OutChannels, new Pack(shape, panels, weight, (T*)scratch.Pointer));
        var work = new InputProduct<V, T>(shape, panels, dy, dx, scratch.Pointer);
        Workers.Run((shape.Batch + work._images - 1) / work._images, work);
    }

    public void Run(int item)
    {
        int image = item * _images, images = Min(_images, _shape.Batch - image), pixels = _shape.OutHeight * _shape.OutWidth;
        nint edge = 2 * V.Size, pitch = _panels.Count * edge, outputs = _shape.OutChannels * sizeof(T);
        using var scratch = Scratch.Rent(images * pixels * pitch);
        var tile = new ConvTile { Lines = 1, Taps = 1, Steps = _shape.OutChannels, ARow = outputs, AStep = sizeof(T), BStep = edge, CRow = pitch };
        for (int panel = 0; panel < _panels.Count; panel++)
        {
            tile.B = _packed + panel * _shape.OutChannels * edge;
            ConvKernel<V, Row<V>, Write<V>>.Pixels(tile, _dy + (nint)image * pixels * outputs, scratch.Pointer + panel * edge, images * pixels, default);
        }
        for (int i = 0; i < images; i++) Spread(image + i, scratch.Pointer + i * pixels * pitch, pitch);
    }

    void Spread(int image, byte* products, nint pitch)
    {
        int channels = _shape.InChannels, line = _shape.Width * channels;
        T* dx = _dx + (nint)image * _shape.Height * line;
        for (int y = 0; y < _shape.Height; y++) new Span<T>(dx + (nint)y * line, line).Clear();
        int together = _shape.DilationWidth == 1 ? _shape.KernelWidth : 1;                // taps whose inputs are neighbours
        for (int row = 0; row < _shape.OutHeight; row++)
            for (int column = 0; column < _shape.OutWidth; column++, products += pitch)
                for (int ky = 0; ky < _shape.KernelHeight; ky++)
                {
                    int y = row * _shape.StrideHeight - _shape.PaddingHeight + ky * _shape.DilationHeight;
                    if (y < 0 || y >= _shape.Height) continue;
                    for (int kx = 0; kx < _shape.KernelWidth; kx += together)
                    {
                        int left = column * _shape.StrideWidth - _shape.PaddingWidth + kx * _shape.DilationWidth;
                        int from = Max(0, -left), to = Min(together, _shape.Width - left);
                        if (from >= to) continue;
                        Add(dx + (nint)y * line + (left + from) * channels, (T*)products + (ky * _shape.KernelWidth + kx + from) * channels, (to - from) * channels);
                    }
                }
    }

    static void Add(T* to, T* from, int count)
    {
        if (count >= FewNumbers) TensorPrimitives.Add(new ReadOnlySpan<T>(to, count), new ReadOnlySpan<T>(from, count), new Span<T>(to, count));
        else for (int i = 0; i < count; i++) to[i] += from[i];
    }

    /// <summary>Weights [oc, ic, kh, kw] as [panel][oc][lanes] of [kh][kw][ic]. An item is an output channel.</summary>
    readonly struct Pack(ConvShape shape, Panels panels, T* weight, T* packed) : IWork
    {
        public void Run(int item)
        {
            int channels = shape.InChannels, taps = shape.Taps, lanes = panels.Lanes;
            using var scratch = Scratch.Rent(panels.Padded * sizeof(T));
            T* own = weight + (nint)item * taps * channels, turned = (T*)scratch.Pointer;
            if (sizeof(T) == sizeof(float)) Transpose.Run((float*)turned, (float*)own, channels, taps, taps, channels);
            else Transpose.Run(turned, own, channels, taps, taps, channels);
            new Span<T>(turned + taps * channels, panels.Padded - taps * channels).Clear();
            for (int panel = 0; panel < panels.Count; panel++)
                new ReadOnlySpan<T>(turned + panel * lanes, lanes).CopyTo(new(packed + ((nint)panel * shape.OutChannels + item) * lanes, lanes));
        }
    }
}
