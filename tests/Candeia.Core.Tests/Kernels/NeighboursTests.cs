namespace Candeia.Tests;

/// <summary>Bytes are copied and numbers filled to the last, and nothing beside them is touched.</summary>
public unsafe class NeighboursTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(511)]
    [InlineData(512)]
    [InlineData(513)]
    [InlineData(577)]
    [InlineData(1000)]
    [InlineData(4000)]
    [InlineData(70_001)]
    public void Copies_all_and_no_more(int bytes)
    {
        byte[] from = [.. Enumerable.Range(0, bytes + 8).Select(i => (byte)(i * 7 + 1))], to = new byte[bytes + 8];
        fixed (byte* x = from, y = to) Neighbours.Copy(x + 3, y + 5, bytes);
        Assert.Equal(from[3..(3 + bytes)], to[5..(5 + bytes)]);
        Assert.All(to[..5].Concat(to[(5 + bytes)..]), b => Assert.Equal(0, b));
    }

    [Theory]
    [InlineData(40)]
    [InlineData(-40)]
    public void Copies_places_that_overlap(int shift)
    {
        byte[] memory = [.. Enumerable.Range(0, 3000).Select(i => (byte)(i % 251))], before = [.. memory];
        fixed (byte* x = memory) Neighbours.Copy(x + 100, x + 100 + shift, 2000);
        Assert.Equal(before[100..2100], memory[(100 + shift)..(2100 + shift)]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(1003)]
    public void Fills_all_and_no_more(int count)
    {
        float[] numbers = new float[count + 2];
        fixed (float* x = numbers) Neighbours.Fill(1.5f, x + 1, count);
        Assert.All(numbers[1..^1], n => Assert.Equal(1.5f, n));
        Assert.Equal((0f, 0f), (numbers[0], numbers[^1]));
    }
}
