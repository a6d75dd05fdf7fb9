using System.Numerics;
using System.Runtime.InteropServices;
using Candeia.Tests;

namespace Candeia.Devices.Tests;

/// <summary>What is made on a device is made there: nothing is sent, and the values are those of the CPU, bit by bit.</summary>
public class DrawingTests
{
    public static TheoryData<string> Names => [.. s_made.Keys];

    static readonly Dictionary<string, Func<Device, Tensor>> s_made = new()
    {
        ["zeros"] = d => Tensor.Zeros([2, 3], device: d),
        ["ones"] = d => Tensor.Ones([5], DType.Int64, d),
        ["full"] = d => Tensor.Full([2, 2], 0.7, DType.Float64, d),
        ["full of truth"] = d => Tensor.Full([3], 2, DType.Bool, d),
        ["zeros like"] = d => Tensor.ZerosLike(Tensor.Ones([2, 3], device: d).T()),
        ["scalar"] = d => Tensor.Scalar(4.5, device: d),
        ["arange"] = d => Tensor.Arange(3, 20, 4, device: d),
        ["linspace"] = d => Tensor.Linspace(-1, 2, 7, device: d),
        ["eye"] = d => Tensor.Eye(3, 4, device: d),
        ["rand"] = d => Tensor.Rand([1000], generator: new Generator(1), device: d),
        ["uniform"] = d => Tensor.Uniform([33, 3], -2, 5, DType.Float64, new Generator(2), d),
        ["randn"] = d => Tensor.Randn([999], generator: new Generator(3), device: d),
        ["normal"] = d => Tensor.Normal([7], 4, 0.1, DType.Float64, new Generator(4), d),
        ["randint"] = d => Tensor.Randint(-5, 1L << 40, [50], new Generator(5), d),
        ["dropout"] = d => Tensor.Ones([100], device: d).Dropout(0.3, training: true, new Generator(6)),
        ["tril"] = d => Tensor.Ones([4, 4], device: d).Tril(),
        ["one hot"] = d => Tensor.Arange(3, d).OneHot(4),
        ["masked fill"] = d => Tensor.Arange(0, 6, dtype: DType.Float32, device: d).MaskedFill(Tensor.Arange(6, d) > 3, -1),
        ["a number moved"] = d => ((Tensor)2.5).To(d),
        ["fill"] = d => Tensor.Zeros([4, 6], device: d)[1.., TensorIndex.Every(2)].Fill(3),
        ["part"] = d =>
        {
            var x = Tensor.Zeros([3, 4], device: d);
            x[.., 1..3] = Tensor.Arange(2, d).To(DType.Float64);
            x[2] = 9;
            return x;
        },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_made_there(string name)
    {
        var device = new ForeignDevice();
        Tensor here = s_made[name](Device.Cpu), there = s_made[name](device);
        Assert.Equal((0L, 0L, 0L), (device.Uploads, device.Reads, device.Fallbacks));
        Assert.Equal(device, there.Device);
        Assert.Equal((here.Shape, here.DType), (there.Shape, there.DType));
        Assert.Equal(here.ToArray<double>(), there.ToArray<double>());
    }

    [Fact]
    public void Drawing_there_moves_the_generator_on_as_drawing_here_does()
    {
        Generator here = new(8), there = new(8);
        var device = new ForeignDevice();
        foreach (var (g, d) in new[] { (here, Device.Cpu), (there, device) })
        {
            Tensor.Rand([5], generator: g, device: d);
            Tensor.Randn([3], DType.Float64, g, d);
            Tensor.Ones([7], device: d).Dropout(0.5, training: true, g);
            Tensor.Randint(0, 9, [2], g, d);
        }
        Assert.Equal(5UL + 6 + 7 + 4, here.State.Position);
        Assert.Equal(here.State, there.State);
    }

    /// <summary>What the documentation of <see cref="RandomOp"/> says is enough to make the same bits with a generator of one's own.</summary>
    [Fact]
    public void A_device_can_draw_by_itself()
    {
        var device = new Drawing();
        Assert.Equal(Tensor.Rand([77], generator: new Generator(11)).ToArray<float>(), Tensor.Rand([77], generator: new Generator(11), device: device).ToArray<float>());
        var g = new Generator(12).Split(3, 4);
        _ = g.NextUInt32();
        var again = new Generator(g.State);
        var mask = new BernoulliOp(0.3, g.State).Apply([101], DType.UInt8, device);
        Assert.Equal(new BernoulliOp(0.3, again.State).Apply([101], DType.UInt8, Device.Cpu).ToArray<byte>(), mask.ToArray<byte>());
        Assert.Equal(2, device.Drawn);
        Assert.Equal(0, device.Fallbacks);
    }

    /// <summary>Philox4x32-10 once more, as its authors write it.</summary>
    static uint Word(GeneratorState s, ulong position)
    {
        ulong index = position / 4;
        uint[] c = [(uint)index, (uint)(index >> 32), (uint)s.Stream, (uint)(s.Stream >> 32)];
        uint k0 = (uint)s.Key, k1 = (uint)(s.Key >> 32);
        for (int round = 0; round < 10; round++, k0 += 0x9E3779B9, k1 += 0xBB67AE85)
        {
            ulong p = 0xD2511F53UL * c[0], q = 0xCD9E8D57UL * c[2];
            c = [(uint)(q >> 32) ^ c[1] ^ k0, (uint)q, (uint)(p >> 32) ^ c[3] ^ k1, (uint)p];
        }
        return c[position % 4];
    }

    sealed class Drawing : Device
    {
        public int Drawn { get; private set; }

        public override string Name => "drawing:0";

        protected override Storage Allocate(long bytes) => new Memory(this, bytes);

        protected override bool TryRun(in OpCall call)
        {
            var y = call.Outputs > 0 ? ((Memory)call.Output(0).Storage).Data : [];
            switch (call.Op)
            {
                case UniformOp op when call.Output(0).DType == DType.Float32:
                    var floats = MemoryMarshal.Cast<byte, float>(y.AsSpan());
                    for (int i = 0; i < floats.Length; i++) floats[i] = (float)op.Low + (float)(op.High - op.Low) * ((Word(op.Start, op.Start.Position + (ulong)i) >> 8) * (1f / (1 << 24)));
                    break;
                case BernoulliOp op:
                    for (int i = 0; i < y.Length; i++) y[i] = Word(op.Start, op.Start.Position + (ulong)i) < (ulong)(op.Probability * (1L << 32) + 0.5) ? (byte)1 : (byte)0;
                    break;
                default: return false;
            }
            Drawn++;
            return true;
        }

        protected override void CopyToHost(Storage source, long offset, Span<byte> target) => ((Memory)source).Data.AsSpan((int)offset, target.Length).CopyTo(target);

        protected override void CopyFromHost(ReadOnlySpan<byte> source, Storage target, long offset) => source.CopyTo(((Memory)target).Data.AsSpan((int)offset));
    }

    sealed class Memory(Device device, long bytes) : Storage(device, bytes)
    {
        public byte[] Data { get; } = new byte[bytes];

        protected override void Free()
        {
        }
    }
}
