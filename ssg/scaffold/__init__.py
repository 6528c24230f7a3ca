"""What begins a site or an article, and what adds to one: `ssg init`, `ssg new`, `ssg id`."""
