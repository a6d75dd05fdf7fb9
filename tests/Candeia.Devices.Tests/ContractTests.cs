using Candeia.NN;
using Candeia.Tests;

namespace Candeia.Devices.Tests;

/// <summary>What a device of another library is told, and what it may count on.</summary>
public class ContractTests
{
    [Fact]
    public void Plain_numbers_travel_by_value_and_exactly()
    {
        List<(Type Op, object Number)> seen = [];
        var device = new Watching((in call) =>
        {
            for (int i = 0; i < call.Inputs; i++)
                if (call.Input(i) is { IsNumber: true } number)
                    seen.Add((call.Op.GetType(), number.DType == DType.Int64 ? (object)number.Number<long>() : number.Number<double>()));
        });
        var x = Tensor.From([1L, 2]).To(device);
        Assert.Equal([9007199254740994L, 9007199254740995], (x + 9007199254740993L).ToArray<long>());
        Assert.Equal([(typeof(AddOp), (object)9007199254740993L)], seen);
        seen.Clear();
        var f = Tensor.From([1d]).To(device);
        _ = f * 0.1;
        Assert.Equal([(typeof(MultiplyOp), (object)0.1)], seen);
    }

    [Fact]
    public void What_comes_of_numbers_alone_is_a_number()
    {
        var device = new ForeignDevice();
        Tensor two = 2, half = 0.5;
        var x = Tensor.Ones([3], device: device);
        device.Reset();
        Assert.Equal(DType.Float32, (x * (two - half * 3)).DType);
        Assert.Equal([2f, 2, 2], (x * (two * half).Sqrt() * two).ToArray<float>());
        Assert.Equal(0, device.Uploads);
        var y = Tensor.From([2f, 3]).To(device);
        y.RequiresGrad = true;
        y.Norm(3).Backward();                                                // its derivative subtracts one from a number
        Assert.Equal(device, y.Grad!.Device);
    }

    [Fact]
    public void A_number_that_wants_a_gradient_is_no_plain_number()
    {
        Tensor a = 3.0;
        a.RequiresGrad = true;
        (a.To(DType.Float32) * Tensor.From([1f, 2])).Sum().Backward();
        Assert.Equal(3, a.Grad!.Item());
    }

    [Fact]
    public void A_device_sees_whether_it_writes_in_place()
    {
        List<(Type Op, bool InPlace)> seen = [];
        var device = new Watching((in call) => seen.Add((call.Op.GetType(), call.IsInPlace)));
        var x = Tensor.Zeros([4], device: device);
        x[1..3] = 5;
        _ = x + x;
        Assert.Equal([(typeof(CopyIntoOp), false), (typeof(CopyIntoOp), true), (typeof(AddOp), false)], seen);
        Assert.Equal([0f, 5, 5, 0], x.ToArray<float>());
    }

    [Fact]
    public void Writing_in_place_moves_nothing_to_the_host_and_back()
    {
        var device = new ForeignDevice();
        var x = Tensor.Arange(0, 12, dtype: DType.Float32, device: device).Reshape(3, 4);
        x.T()[1..3].CopyFrom(x[.., ..2].T());
        x[0] = x[2];
        x[TensorIndex.Ellipsis, 3].Fill(-1);
        x[1].CopyFrom(Tensor.Arange(4, device));                             // converted there
        Assert.Equal((0L, 0L, 0L), (device.Uploads, device.Reads, device.Fallbacks));
        Assert.Equal([8f, 8, 9, -1, 0, 1, 2, 3, 8, 8, 9, -1], x.ToArray<float>());
        x[0].CopyFrom(Tensor.Ones([4]));                                     // only the values travel
        Assert.Equal((1L, 1L), (device.Uploads, device.Reads));
    }

    [Fact]
    public void Reading_a_part_copies_that_part()
    {
        long bytes = 0;
        var device = new Watching((in _) => { }) { Reading = count => bytes += count };
        var x = Tensor.Zeros([1000, 10], device: device);
        _ = x[500].ToArray<float>();
        Assert.Equal(40, bytes);
        _ = x[5..7, 3].ToArray<float>();
        Assert.Equal(40 + 44, bytes);
        Assert.Equal(0, x[500, 2].Item());
        Assert.Equal(40 + 44 + 4, bytes);
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public void A_copy_to_another_device_goes_straight_where_that_knows_a_way(bool isLinked)
    {
        ForeignDevice one = new(), two = new(1) { IsLinked = isLinked };
        var x = Tensor.Arange(0, 24, dtype: DType.Float32, device: one).Reshape(2, 3, 4);
        x.RequiresGrad = true;
        var target = Tensor.Zeros([3, 4], device: two);
        var empty = Tensor.Zeros([0, 3], device: one);
        one.Reset();
        two.Reset();
        Tensor whole = x.To(two), part = x[1].To(two), turned = x.Permute(2, 0, 1).To(two), gaps = x[.., 1, Every(2)].To(two);
        target.CopyFrom(x.Detach()[0]);
        Assert.Equal(0, empty.To(two).Numel);
        Assert.Equal(isLinked ? (0L, 0L, 5L) : (5L, 5L, 0L), (one.Reads, two.Uploads, two.Fetches));
        Assert.Equal((0L, 0L), (one.Fallbacks, two.Fallbacks));
        Assert.All([whole, part, turned, gaps, target], t => Assert.Equal("test:1", t.Device.Name));
        foreach (var (there, here) in new[] { (whole, x), (part, x[1]), (turned, x.Permute(2, 0, 1)), (gaps, x[.., 1, Every(2)]), (target, x[0]) })
            Assert.Equal(here.Detach().ToArray<float>(), there.Detach().ToArray<float>());
        (part * part).Sum().Backward();                                      // and the gradient goes back
        Assert.Equal(one, x.Grad!.Device);
        Assert.Equal([0f, 24, 26], x.Grad[.., 0, 0].ToArray<float>().Append(x.Grad[1, 0, 1].ToArray<float>()[0]));
    }

    static TensorIndex Every(int step) => TensorIndex.Every(step);

    [Fact]
    public void Tensors_of_two_devices_are_refused_with_the_cure()
    {
        Tensor here = Tensor.Ones([2]), there = Tensor.Ones([2], device: new ForeignDevice());
        foreach (var fault in new Func<object>[] { () => here + there, () => there.MatMul(here), () => Tensor.Cat([here, there]), () => new Linear(2, 1).Forward(there) })
        {
            string message = Assert.Throws<InvalidOperationException>(fault).Message;
            Assert.Contains("cpu", message, StringComparison.Ordinal);
            Assert.Contains("test:0", message, StringComparison.Ordinal);
            Assert.Contains("To(device)", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_full_device_is_asked_once_more_after_what_nobody_holds_was_collected()
    {
        var device = new ForeignDevice { Capacity = 100_000 };
        static void Forget(Device device)
        {
            for (int i = 0; i < 9; i++) _ = Tensor.Zeros([2_500], device: device);
        }
        Forget(device);
        Assert.Equal(90_000, device.Used);
        var x = Tensor.Zeros([5_000], device: device);
        Assert.Equal((20_000L, 1), (device.Used, device.Trims));
        Assert.Contains("test:0", Assert.Throws<InsufficientMemoryException>(() => Tensor.Zeros([25_000], device: device)).Message, StringComparison.Ordinal);
        Assert.Equal(0, x[0].Item());
    }

    [Fact]
    public void A_tensor_of_an_ended_scope_is_refused_there_too()
    {
        var device = new ForeignDevice();
        Tensor x;
        using (Scope.Begin()) x = Tensor.Ones([3], device: device);
        Assert.Throws<ObjectDisposedException>(() => x + 1);
        Assert.Throws<ObjectDisposedException>(() => x.ToArray<float>());
        Assert.Throws<ObjectDisposedException>(() => x.Fill(2));
    }

    [Fact]
    public void A_type_that_a_device_does_not_have_is_refused_with_the_cure()
    {
        var device = new ForeignDevice { Lacks = DType.Float64 };
        string message = Assert.Throws<NotSupportedException>(() => Tensor.From([1.0]).To(device)).Message;
        Assert.Contains("test:0", message, StringComparison.Ordinal);
        Assert.Contains("Float64", message, StringComparison.Ordinal);
        Assert.Equal([2f], (Tensor.From([1f]).To(device) * 2).ToArray<float>());   // a number has no place
    }

    [Fact]
    public void Synchronize_computes_what_waits_and_then_waits_for_the_device()
    {
        var device = new ForeignDevice();
        var g = new Generator(1);
        Tensor x = Tensor.Randn([1, 1, 4, 4], generator: g, device: device), w = Tensor.Randn([1, 1, 3, 3], generator: g, device: device);
        device.Reset();
        _ = x.Conv2d(w);
        Assert.Equal(0, device.Launches);
        device.Synchronize();
        Assert.Equal((1, 1L), (device.Launches, device.Waits));
        Device.Cpu.Synchronize();
    }

    /// <summary>A device whose ops run on the host, with a look at each call.</summary>
    sealed class Watching(Watching.Look look) : Device
    {
        public delegate void Look(in OpCall call);

        public Action<long>? Reading { get; init; }

        public override string Name => "watching:0";

        protected override Storage Allocate(long bytes) => new Memory(this, bytes);

        protected override bool TryRun(in OpCall call)
        {
            look(call);
            return false;
        }

        protected override void CopyToHost(Storage source, long offset, Span<byte> target)
        {
            Reading?.Invoke(target.Length);
            ((Memory)source).Data.AsSpan((int)offset, target.Length).CopyTo(target);
        }

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
