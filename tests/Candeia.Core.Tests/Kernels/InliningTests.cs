using System.Reflection;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Candeia.Kernels;

namespace Candeia.Tests;

/// <summary>One call that the JIT leaves inside a kernel's loop puts its registers into memory and costs a factor of three to ten; only this test says so.</summary>
public sealed unsafe class InliningTests
{
    [Fact]
    public void Nothing_is_left_to_call_inside_the_loops_of_kernels()
    {
        EachRegister.Run(new Everything());
        Quantized();
        string[] failures = InliningFailures.Settle();
        Assert.True(failures.Length == 0, string.Join("\n", failures));
    }

    [Fact]
    public void No_loop_is_inlined_itself()
    {
        // Its caller would be compiled again, and again with less allowance: the same kernel forty times slower, now and then.
        Assert.DoesNotContain(InliningFailures.Loops(), loop => !loop.MethodImplementationFlags.HasFlag(MethodImplAttributes.NoInlining));
    }

    static void Quantized()
    {
        Whole<OnePair>();
        if (Vector128.IsHardwareAccelerated) Whole<Pairs128>();
        if (Avx2.IsSupported) Whole<Pairs256>();
        if (Avx512BW.IsSupported) Whole<Pairs512>();
        if (AvxVnni.IsSupported) Whole<Quads256>();

        static void Whole<W>() where W : unmanaged, IWhole<W>
        {
            using var x = new Numbers(sizeof(float), 6000, _ => 0.5);
            using var y = new Numbers(sizeof(float), 6000, _ => 0.5);
            for (int rows = 1; rows <= WholeKernel<W>.MaxRows; rows++)
            {
                new QuantizedProduct.Call(new(rows, 40, 50, new(0, 0, 255), true), (float*)x.At, (sbyte*)x.At, (float*)x.At, (float*)x.At, (float*)y.At, default).Run<W>();
                new QuantizedConvolution.Call(new(1, 3, 5, rows, 20, 3, 1), new(0.1f, 3, 255), true, (float*)x.At, (sbyte*)x.At, (float*)x.At, (float*)x.At, (float*)y.At, default).Run<W>();
            }
        }
    }

    struct Everything : ISimdCall
    {
        public readonly void Run<V>() where V : unmanaged, ISimd<V>
        {
            Products<V>();
            Recurrent<V>();
            Attention<V>();
            Transforms<V>();
            using var x = new Numbers(V.Element, 6000, _ => 0.5);
            using var y = new Numbers(V.Element, 6000, _ => 0.5);
            using var z = new Numbers(V.Element, 6000, _ => 0.5);
            foreach (int n in new[] { 5, 600 })
            {
                Maps<V>(x, y, n);
                foreach (int inner in new[] { 1, 3, 9 })
                {
                    new Reduce.Call<Summing>(x.At, y.At, 1, n, inner).Run<V>();
                    new Reduce.Call<Greatest>(x.At, y.At, 1, n, inner).Run<V>();
                    new Reduce.Call<Least>(x.At, y.At, 1, n, inner).Run<V>();
                }
                foreach (var kind in Enum.GetValues<Softmax.Kind>()) new Softmax.Call(kind, x.At, y.At, z.At, 2, n).Run<V>();
                new AdamUpdate.Call(new() { Step = 1 }, new() { Parameter = x.At, Gradient = y.At, M = z.At, V = z.At }, n).Run<V>();
                new SgdUpdate.Call(new() { Momentum = 1 }, x.At, y.At, z.At, n).Run<V>();
                new ChannelNorm.MomentsCall(x.At, y.At, z.At, n, 9).Run<V>();
                foreach (var pool in Enum.GetValues<ConvPool>())
                    foreach (bool relu in new[] { false, true })
                    {
                        ChannelData data = new(x.At, null, x.At, x.At, x.At, new(relu, double.PositiveInfinity, pool));
                        ChannelData back = new(x.At, x.At, x.At, x.At, x.At, data.Tail);
                        ChannelImages images = new(1, n / 5, 5, 9);
                        new ChannelNorm.NormalizeCall(data, pool == ConvPool.None ? x.At : null, y.At, images).Run<V>();
                        new ChannelNorm.SumsCall(back, y.At, z.At, images).Run<V>();
                        new ChannelNorm.GradientCall(back, x.At, x.At, y.At, images).Run<V>();
                    }
                new RowNorm.ForwardCall(x.At, x.At, x.At, y.At, z.At, z.At, 9, n, 1e-5).Run<V>();
                new RowNorm.BackwardCall(x.At, x.At, x.At, x.At, x.At, y.At, z.At, z.At, 9, n).Run<V>();
            }
        }

        static void Transforms<V>() where V : unmanaged, ISimd<V>
        {
            if (V.Element != sizeof(double)) return;
            using var re = new Numbers(V.Element, 6000, _ => 0.5);
            using var im = new Numbers(V.Element, 6000, _ => 0.5);
            using var turns = new Numbers(V.Element, 6000, _ => 0.5);
            double* a = (double*)re.At, b = (double*)im.At, t = (double*)turns.At;
            foreach (int radix in new[] { 2, 3, 4 }) new FftStep(a, b, a + 3000, b + 3000, radix, 12, 16, 12, t, t).Run<V>();
            foreach (bool back in new[] { false, true }) new FftHalves(a, b, 30, 16, 0, 16, back, t).Run<V>();
        }

        static void Recurrent<V>() where V : unmanaged, ISimd<V>
        {
            using var x = new Numbers(V.Element, 6000, _ => 0.5);
            using var y = new Numbers(V.Element, 6000, _ => 0.5);
            nint* starts = stackalloc nint[] { 0, 3, 6 };
            foreach (var kind in Enum.GetValues<RecurrentKind>())
                foreach (nint outputs in kind == RecurrentKind.Lstm ? [20, 10] : (nint[])[20])
                {
                    var shape = new RecurrentShape(kind, false, starts, 2, 3, 20, outputs);
                    using var a = new Numbers(V.Element, 6000, _ => 0.5);
                    using var b = new Numbers(V.Element, 6000, _ => 0.5);
                    using var c = new Numbers(V.Element, 6000, _ => 0.5);
                    Product inputs = new() { M = 6, N = shape.Gates, K = 20, A = x.At, ARow = 20, AStep = 1, B = x.At, BStep = 1, BColumn = 20, C = a.At, CRow = shape.Gates };
                    new RecurrentForward.Call(shape, inputs, 6, b.At, c.At, x.At, x.At, x.At, y.At, y.At, y.At, default).Run<V>();
                    new RecurrentBackward.Call(shape, x.At, a.At, b.At, c.At, x.At, x.At, x.At, x.At, x.At, y.At, y.At, a.At, shape.Gates, b.At, c.At, c.At).Run<V>();
                }
        }

        static void Attention<V>() where V : unmanaged, ISimd<V>
        {
            using var x = new Numbers(V.Element, 6000, _ => 0.5);
            using var y = new Numbers(V.Element, 6000, _ => 0.5);
            using var sums = new Numbers(V.Element, 100, _ => 0.5);
            nint* offsets = stackalloc nint[] { 0, 0 };
            Heads from = new((byte*)x.At, offsets, 20 * V.Element, V.Element), to = new((byte*)y.At, offsets, 20 * V.Element, V.Element);
            foreach (bool plain in new[] { true, false })
            {
                AttentionShape shape = new()
                {
                    KeyHeads = 1, Group = 2, Queries = 30, Keys = 40, Size = 20, ValueSize = 20, Scale = 1, Causal = !plain, Mask = plain ? default : from,
                    Threshold = plain ? AttentionShape.All : 1 << 30, Keep = 1,
                };
                new AttentionForward.Call(shape, from, from, from, to, sums.At).Run<V>();
                new AttentionBackward.Call(shape, from, from, from, from, sums.At, from, to, to, to).Run<V>();
            }
        }

        static void Products<V>() where V : unmanaged, ISimd<V>
        {
            for (int rows = 1; rows <= ProductKernel<V, Write<V>>.MaxRows; rows++)
                foreach (bool accumulate in new[] { false, true })
                    foreach (bool relu in new[] { false, true })
                    {
                        using var a = new Matrices(V.Element, rows, 70, 5, "nt", accumulate, bias: relu, relu);
                        Blocked<V>.Run(a.Product);
                        if (rows <= DotKernel<V>.MaxRows) DotProducts<V>.Run(a.Product);
                        using var b = new Matrices(V.Element, rows, 500, 5, "sn", accumulate, bias: relu, relu);
                        Blocked<V>.Run(b.Product);
                    }
        }

        static void Maps<V>(Numbers x, Numbers y, int n) where V : unmanaged, ISimd<V>
        {
            One<V, ErfMap>(x, y, n);
            One<V, Expm1Map>(x, y, n);
            One<V, SiluMap>(x, y, n);
            One<V, GeluMap>(x, y, n);
            One<V, GeluTanhMap>(x, y, n);
            Two<V, BlendMap>(x, y, n);
            Two<V, ReluGradientMap>(x, y, n);
            Two<V, SigmoidGradientMap>(x, y, n);
            Two<V, TanhGradientMap>(x, y, n);
            Two<V, SiluGradientMap>(x, y, n);
            Two<V, GeluGradientMap>(x, y, n);
            Two<V, GeluTanhGradientMap>(x, y, n);
            new Dropout.Call(x.At, y.At, y.At, n, 2).Run<V>();
        }

        static void One<V, TMap>(Numbers x, Numbers y, int n) where V : unmanaged, ISimd<V> where TMap : struct, IMap => new Map.Call<TMap>(default, x.At, y.At, n).Run<V>();

        static void Two<V, TMap>(Numbers x, Numbers y, int n) where V : unmanaged, ISimd<V> where TMap : struct, IMap2 => new Map.Call2<TMap>(default, x.At, y.At, y.At, n).Run<V>();
    }
}
