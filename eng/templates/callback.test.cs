namespace Candeia.Training.Tests;

public class NAMETests
{
    [Fact]
    public void Counts_what_was_learnt_from()
    {
        var counter = new NAME();
        Tiny.Learner().With(counter).Fit(Tiny.Batches(20), epochs: 2, valid: Tiny.Batches(20));
        Assert.Equal(4, counter.Batches);
    }

    [Fact]
    public void Goes_on_counting_when_a_run_is_resumed()
    {
        using var folder = new TemporaryFolder();
        long Count(int epochs)
        {
            var counter = new NAME();
            Tiny.Learner().With(counter, new AutoResume(folder["resume"])).Fit(Tiny.Batches(20), epochs);
            return counter.Batches;
        }
        Assert.Equal(2, Count(1));
        Assert.Equal(6, Count(3));
    }
}
