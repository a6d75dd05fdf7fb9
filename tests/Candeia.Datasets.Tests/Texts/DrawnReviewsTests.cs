namespace Candeia.Datasets.Tests;

public class DrawnReviewsTests
{
    [Fact]
    public void A_review_follows_from_the_seed_and_its_number()
    {
        var few = new DrawnReviews(count: 10);
        var many = new DrawnReviews(count: 100);
        Assert.Equal(few, many.Take(10));
        Assert.NotEqual(few, new DrawnReviews(count: 10, seed: 1));
        Assert.NotEqual(few, new DrawnReviews(TextSplit.Test, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => few[10]);
    }

    [Fact]
    public void Half_of_them_are_positive_and_hardly_two_are_the_same()
    {
        var reviews = new DrawnReviews(count: 2000).ToArray();
        Assert.Equal(1000, reviews.Count(r => r.Label == 1));
        Assert.InRange(reviews.Select(r => r.Text).Distinct().Count(), 1900, 2000);
        Assert.All(reviews, r => Assert.False(string.IsNullOrWhiteSpace(r.Text) || r.Text.Contains("  ", StringComparison.Ordinal) || r.Text.Contains('{', StringComparison.Ordinal), r.Text));
        Assert.InRange(reviews.Average(r => r.Text.Split(' ').Length), 15, 60);
    }

    // The sign of the difference is what a count of words comes to at best, roughly; a majority of judgements that are not negated would give far more.
    [Fact]
    public void Counting_words_of_praise_tells_little()
    {
        string[] good = ["good", "great", "wonderful", "charming", "brilliant", "moving", "funny", "clever", "gripping", "beautiful", "fresh", "honest", "warm", "superb", "lovely"];
        int of = 0, right = 0;
        foreach (var review in new DrawnReviews(count: 4000))
        {
            int praise = review.Text.Split([' ', '.', ',', '!', ';']).Count(good.Contains);
            if (praise == 0) continue;
            of++;
            right += review.Label;
        }
        Assert.InRange(right / (double)of, 0.5, 0.62);
    }
}
