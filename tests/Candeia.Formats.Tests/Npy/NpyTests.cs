using System.Text;

namespace Candeia.Tests;

public sealed class NpyTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    static IEnumerable<Tensor> Samples()
    {
        var values = Tensor.Arange(-5, 7).Reshape([3, 4]);
        foreach (var dtype in Enum.GetValues<DType>().Where(d => d != DType.BFloat16))
        {
            yield return values.To(dtype);
            yield return values.To(dtype).T();
            yield return values.To(dtype)[1..3, 2];
        }
        yield return Tensor.Scalar(2.5);
        yield return Tensor.Zeros([0, 3]);
        yield return Tensor.Ones([1, 1, 1, 1, 1, 2]);
    }

    [Fact]
    public void Every_type_and_layout_comes_back_alone_and_in_archives()
    {
        var all = Samples().Select((t, i) => KeyValuePair.Create($"a{i}", t)).ToDictionary();
        foreach (bool compress in (bool[])[false, true])
        {
            Npz.Save(_folder["all.npz"], all, compress);
            var again = Npz.Load(_folder["all.npz"]);
            Assert.Equal(all.Keys, again.Keys);
            foreach (var (name, tensor) in all) Same(tensor, again[name]);
        }
        foreach (var tensor in all.Values)
        {
            Npy.Save(_folder["one.npy"], tensor);
            Same(tensor, Npy.Load(_folder["one.npy"]));
            Same(tensor, Npy.Load(_folder["one.npy"], map: true));
        }
    }

    static void Same(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.DType, actual.DType);
        Assert.Equal(expected.Shape, actual.Shape);
        Assert.Equal(ExpectedValues.Hash(expected), ExpectedValues.Hash(actual));
    }

    [Theory]
    [InlineData("<f4", false, 2, 3)]
    [InlineData(">f8", false, 2, 3)]
    [InlineData("<i2", true, 2, 3)]
    [InlineData(">c16", true, 3, 2)]
    [InlineData(">u2", true, 2, 3)]
    [InlineData("=i4", true, 6)]
    public void Orders_of_bytes_and_of_indices_are_honoured(string descr, bool isFortran, params int[] shape)
    {
        int size = int.Parse(descr.AsSpan(2), System.Globalization.CultureInfo.InvariantCulture), parts = descr[1] == 'c' ? 2 : 1;
        byte[] data = new byte[6 * size];
        for (int i = 0; i < 6; i++)
        {
            var number = data.AsSpan(i * size, size / parts);
            switch (descr[1])
            {
                case 'f' when size == 4: BitConverter.TryWriteBytes(number, (float)i); break;
                case 'f' or 'c': BitConverter.TryWriteBytes(number, (double)i); break;
                case var _ when size == 2: BitConverter.TryWriteBytes(number, (short)i); break;
                default: BitConverter.TryWriteBytes(number, i); break;
            }
            if (descr[0] == '>') number.Reverse();
        }
        File.WriteAllBytes(_folder["x.npy"], Array($"{{'descr': '{descr}', 'fortran_order': {isFortran}, 'shape': ({string.Join(", ", shape)},), }}", data, version: 2));
        var expected = Tensor.Arange(6);
        expected = isFortran && shape.Length > 1 ? expected.Reshape([.. shape.Reverse()]).T() : expected.Reshape([.. shape]);
        foreach (bool map in (bool[])[false, true])
        {
            var x = Npy.Load(_folder["x.npy"], map);
            Assert.Equal(expected.Shape, x.Shape);
            Assert.Equal(expected.ToArray<double>(), (x.DType.IsComplex() ? x.Real() : x).ToArray<double>());
        }
    }

    [Fact]
    public void Unsigned_numbers_keep_their_values()
    {
        ushort[] words = [0, 1, 40000, ushort.MaxValue];
        Assert.Equal([0, 1, 40000, 65535], Load("<u2", System.Runtime.InteropServices.MemoryMarshal.AsBytes(words.AsSpan()), 4).ToArray<int>());
        uint[] doubles = [7, uint.MaxValue];
        Assert.Equal([7, 4294967295], Load("<u4", System.Runtime.InteropServices.MemoryMarshal.AsBytes(doubles.AsSpan()), 2).ToArray<long>());
        ulong[] quads = [7, long.MaxValue];
        Assert.Equal([7, long.MaxValue], Load("<u8", System.Runtime.InteropServices.MemoryMarshal.AsBytes(quads.AsSpan()), 2).ToArray<long>());
        quads[0] = 1UL << 63;
        Assert.Contains("2⁶³", Assert.Throws<TensorFileException>(() => Load("<u8", System.Runtime.InteropServices.MemoryMarshal.AsBytes(quads.AsSpan()), 2)).Message, StringComparison.Ordinal);
    }

    Tensor Load(string descr, ReadOnlySpan<byte> data, int count)
    {
        File.WriteAllBytes(_folder["u.npy"], Array($"{{'descr': '{descr}', 'fortran_order': False, 'shape': ({count},), }}", data));
        return Npy.Load(_folder["u.npy"]);
    }

    [Fact]
    public void What_is_written_to_a_mapped_tensor_stays_in_this_process()
    {
        Npy.Save(_folder["x.npy"], Tensor.Arange(4));
        byte[] before = File.ReadAllBytes(_folder["x.npy"]);
        var x = Npy.Load(_folder["x.npy"], map: true);
        x[1] = 70;
        Assert.Equal([0, 70, 2, 3], x.ToArray<long>());
        Assert.Equal(before, File.ReadAllBytes(_folder["x.npy"]));
        Assert.Equal([0, 1, 2, 3], Npy.Load(_folder["x.npy"], map: true).ToArray<long>());
    }

    [Theory]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), 'x': 1}", "'x'")]
    [InlineData("{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (1,)}", "'descr'")]
    [InlineData("{'descr': '<f4', 'fortran_order': False}", "lacks")]
    [InlineData("{'descr': '<f4', 'fortran_order': 0, 'shape': (1,)}", "fortran_order")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1)}", "number where a shape")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,)}", "whole number")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2,)}", "4 follow")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': ()} + 1", "more in its header")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999,)}", "dimension of")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (2147483647, 2147483647, 2147483647, 2147483647)}", "larger than any memory")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (9223372036854775808,)}", "2⁶³")]
    [InlineData("{'descr': '<f16', 'fortran_order': False, 'shape': ()}", "'<f16'")]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': ()}", "'|O'")]
    [InlineData("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': ()}", "structures")]
    [InlineData("__import__('os').system('true')", "'{'")]
    public void Refuses_a_broken_header_and_says_where(string header, string says)
    {
        File.WriteAllBytes(_folder["x.npy"], Array(header, new byte[4]));
        Assert.Contains(says, Assert.Throws<TensorFileException>(() => Npy.Load(_folder["x.npy"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_written_is_refused_before_anything_is_written()
    {
        Assert.Contains("To(DType.Float32)", Assert.Throws<TensorFileException>(() => Npy.Save(_folder["x.npy"], Tensor.Ones([1], DType.BFloat16))).Message, StringComparison.Ordinal);
        Assert.Contains("'a'", Assert.Throws<TensorFileException>(() => Npz.Save(_folder["x.npz"], [new("a", Tensor.Ones([1])), new("a", Tensor.Ones([1]))])).Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Files);
    }

    [SkippableFact]
    public void NumPy_reads_what_is_written()
    {
        var all = Samples().Select((t, i) => KeyValuePair.Create($"a{i}", t)).ToDictionary();
        Npz.Save(_folder["stored.npz"], all);
        Npz.Save(_folder["packed.npz"], all, compress: true);
        foreach (var (name, tensor) in all) Npy.Save(_folder[$"{name}.npy"], tensor);
        string script = """
            import numpy, sys, hashlib
            stored, packed = numpy.load('stored.npz'), numpy.load('packed.npz')
            assert stored.files == packed.files
            for n in stored.files:
                a = stored[n]
                for b in (packed[n], numpy.load(n + '.npy'), numpy.load(n + '.npy', mmap_mode='r') if a.size else a):
                    assert a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes()
                print(n, a.dtype.name, hashlib.sha256(a.tobytes()).hexdigest())
            """;
        string[] said = Python.Run(_folder.Path, script, "numpy").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(all.Select(t => $"{t.Key} {t.Value.DType.Name()} {ExpectedValues.Hash(t.Value)}"), said);
    }

    static byte[] Array(string header, ReadOnlySpan<byte> data, byte version = 1)
    {
        byte[] text = Encoding.Latin1.GetBytes(header + "\n");
        byte[] length = version == 1 ? BitConverter.GetBytes((ushort)text.Length) : BitConverter.GetBytes(text.Length);
        return [0x93, .. "NUMPY"u8, version, 0, .. length, .. text, .. data];
    }
}
