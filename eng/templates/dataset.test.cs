using Candeia.Data;

namespace Candeia.Datasets.Tests;

public class NAMETests
{
    [Fact]
    public void Items_depend_on_the_seed_and_their_number_alone()
    {
        static float[] Values(Dataset<Sample> data, int index) => [.. data[index].X.ToArray<float>(), (float)data[index].Y];
        float[] one = Values(new NAME(count: 4), 3);
        Assert.Equal(one, Values(new NAME(count: 9), 3));
        Assert.NotEqual(one, Values(new NAME(count: 4), 2));
        Assert.NotEqual(one, Values(new NAME(count: 4, seed: 1), 3));
        Assert.Equal(one[3], one[0] + one[1] + one[2], 1e-6f);
    }

    [Fact]
    public void What_is_not_there_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new NAME(count: 4)[4]);
}
